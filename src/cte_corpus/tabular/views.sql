-- Questions that readers ask, as views over the tables. What a view is for stands in its comment.

create view entity_names as
select id as entity, coalesce([n.text for n in names if n.use = 'preferred' and n.lang = 'en'][1], names[1].text) as name
from entities;
comment on view entity_names is 'The preferred English name of each entity.';

create view designations as
select
  s.id as sanction_id, s.document as document_id, s.event as event_id,
  s.authority, a.name as authority_name, s.target, t.name as target_name,
  s.listed.edtf as listed, s.grounds[1].text as grounds,
  [b.instrument for b in s.legal_basis] as instruments, [b.ground.text for b in s.legal_basis] as legal_grounds,
  s.supports, s.measures, s.evidence as sentences
from sanctions s
join entity_names a on a.entity = s.authority
join entity_names t on t.entity = s.target
order by all;
comment on view designations is 'Who put whom on a list, on what ground, and which sentences of which document say so.';

create view participation as
with parts as (
  select entity, 'argument' as part, role, event_id from arguments where entity is not null
  union select entity, 'place', role, event_id from places
  union select "by", 'attribution', act, event_id from attributions
  union select via, 'attribution', 'via', event_id from attributions where via is not null
)
select
  p.entity, n.name, p.part, p.role, p.event_id, e.document as document_id, e.type, e.status, e.label[1].text as label,
  e.derived_earliest, e.derived_latest
from parts p
join events e on e.id = p.event_id
join entity_names n on n.entity = p.entity
order by coalesce(e.derived_earliest, e.derived_latest) nulls last, p.event_id, p.part, p.role;
comment on view participation is 'Everything that an entity takes part in, by date.';

create view differing_figures as
with told as (
  select id as cluster_id, label[1].text as label, unnest(documents) as document_id
  from clusters where len(documents) > 1
), figures as (
  select m.cluster_id, q.document_id, q.measure, q.span.text as printed,
    {comparator: q.comparator, value: q.value, lower: q.lower, upper: q.upper, unit: q.unit, per: q.per} as bounds
  from (select id as cluster_id, unnest(events) as event_id from clusters where len(documents) > 1) m
  join quantities q using (event_id)
), sides as (
  select t.cluster_id, t.label, a.measure, t.document_id,
    list(f.printed order by f.bounds) filter (f.bounds is not null) as printed,
    list(f.bounds order by f.bounds) filter (f.bounds is not null) as bounds
  from (select distinct cluster_id, measure from figures) a
  join told t using (cluster_id)
  left join figures f using (cluster_id, document_id, measure)
  group by all
)
select * from sides
qualify count(distinct coalesce(bounds::varchar, '')) over (partition by cluster_id, measure) > 1
order by cluster_id, measure, document_id;
comment on view differing_figures is
  'Figures of an event that several documents tell, where they differ; null where a document gives none.';
