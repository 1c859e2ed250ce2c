-- Questions that readers ask, as views over the tables. What a view is for stands in its comment.
-- Who is meant is named beside each id: `…_name`. Days are ISO text; null is open or not known. Where a view has events,
-- it has their status, who says it (nobody: the document, in its own voice), and their days, all of them in `dates`.

comment on table documents is 'Coded documents: what each is, whose it is, how it was coded; not its text.';
comment on table sections is 'Sections of the documents, with what each says in the coders'' own words.';
comment on table sentences is 'Places and digests of the sentences; not their words.';
comment on table mentions is 'Places where a text refers to an entity, by name or by a common noun.';
comment on table events is 'What the texts say happened, happens, will or might, and who says so.';
comment on table sanctions is 'Sanctions: one target of one designation, as the document gives it.';
comment on table entities is 'The registry of people, bodies, places, populations and works that the documents speak of.';
comment on table arguments is 'Who and what takes part in events: one row per filled role.';
comment on table times is 'The dates of events, each with its role.';
comment on table places is 'The places of events, each with its role.';
comment on table quantities is 'The figures of events: what is counted, with its bounds and its unit.';
comment on table attributions is 'Who says what events tell: one row per speaker of an event.';
comment on table relations is 'How events are connected with each other.';
comment on table clusters is 'One row per event, however many documents tell it.';
comment on table codes is 'What the codes mean, by their lists: event types, roles, statuses and all others.';

create macro dates_of(event) as (
  select list(t.role || ' ' || concat_ws(' ', t.edtf, t.mod, t.bound) order by t.position) from times t where t.event_id = event
);
create macro told(status, polarity, nature) as case  -- the groups of `cte show`, facts first
  when status not in ('occurred', 'ongoing') then case status when 'hypothetical' then 'feared or hoped for'
    when 'demanded' then 'aim or demand' else status end
  when polarity = 'negative' then 'told as not so'
  when nature = 'aim' then 'aim or demand' else 'told as fact' end;
create macro group_of(told) as list_position(
  ['told as fact', 'told as not so', 'alleged', 'denied', 'planned', 'feared or hoped for', 'aim or demand'], told
);
create macro said_by_of(event) as (
  select list(distinct a.derived_by_name order by a.derived_by_name) from attributions a where a.event_id = event
);

create view entity_names as
select id as entity, derived_name as name, derived_name_ar as name_ar, kind from (
  select id, kind,
    coalesce([n.text for n in names if n.use = 'preferred' and n.lang = 'en'][1], names[1].text) as derived_name,
    [n.text for n in names if n.use = 'preferred' and n.lang = 'ar'][1] as derived_name_ar
  from entities
);
comment on view entity_names is 'The preferred English and Arabic name of each entity.';

create view names as
select e.id as entity, e.kind, n.name, u.text, u.lang, u.script, u.use, u.source
from entities e join entity_names n on n.entity = e.id, unnest(e.names) as t(u);
comment on view names is 'Every name of every entity, one row per name.';

create macro entity_search(words) as table
select entity, kind, name, list(distinct text order by text) as found_by
from names where contains(fold(text), fold(words))
group by all order by min(len(text)), entity;
comment on macro table entity_search is 'Entities of which a name holds the words, in any script: from entity_search(''susanti'').';

create view memberships as
with recursive up as (
  select id as entity, l.entity as body from entities, unnest(links) as t(l) where l.rel in ('member-of', 'part-of')
  union
  select up.entity, l.entity from up join entities e on e.id = up.body, unnest(e.links) as t(l)
  where l.rel in ('member-of', 'part-of')
)
select up.entity, a.name as entity_name, up.body, b.name as body_name
from up join entity_names a on a.entity = up.entity join entity_names b on b.entity = up.body order by all;
comment on view memberships is 'Of which bodies, groups and networks an entity is a member or a part, directly or through others.';

create view designations as
select
  s.id as sanction_id, s.document as document_id, s.event as event_id,
  s.authority, s.derived_authority_name as authority_name, s.target, s.derived_target_name as target_name,
  s.listed.edtf as listed, s.grounds[1].text as grounds,
  [b.instrument for b in s.legal_basis] as instruments, [b.ground.text for b in s.legal_basis] as legal_grounds,
  s.supports as said_to_support,
  (select list(n.name order by n.name) from entity_names n where list_contains(s.supports, n.entity)) as said_to_support_names,
  s.measures, s.conduct, s.registry, s.evidence as sentences
from sanctions s
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
  p.entity, n.name, told(e.status, e.polarity, e.nature) as told, e.derived_when as days, p.role, e.label[1].text as label,
  said_by_of(e.id) as said_by, dates_of(e.id) as dates, p.event_id, e.document as document_id, p.part, e.type, e.mode,
  e.status, e.polarity, e.derived_realis as realis, e.derived_nature as nature, e.derived_when_basis as days_basis,
  e.derived_earliest, e.derived_latest
from parts p
join events e on e.id = p.event_id
join entity_names n on n.entity = p.entity
order by group_of(told), coalesce(e.derived_earliest, e.derived_latest) nulls last, p.event_id, p.part, p.role;
comment on view participation is 'Everything that an entity takes part in, with who says so: facts first, then what is alleged, feared, or an aim; each by date.';

create view participation_through as
select m.entity, m.entity_name, p.entity as through, p.name as through_name, p.* exclude (entity, name)
from memberships m join participation p on p.entity = m.body;
comment on view participation_through is
  'What the bodies and networks take part in of which an entity is a member: said of them, not of him.';

create view incidents as
with facts as (  -- one row per event that is told as having happened, or alleged
  select id, document, type, mode, status, label, derived_cluster as cluster, evidence,
    coalesce(derived_whole, id) as whole, derived_when as days, derived_when_basis as days_basis
  from events
  where derived_nature = 'happening' and genericity = 'specific' and polarity = 'positive'
    and status in ('occurred', 'ongoing', 'alleged')
), heads as (  -- the cluster of the whole, where the whole is an incident itself
  select f.*, coalesce(w.cluster, f.cluster) as incident_id from facts f left join facts w on w.id = f.whole
), told as (  -- what names an incident: of its own tellings the first that is no accusation, else the first
  select incident_id, id, row_number() over (partition by incident_id order by (cluster <> incident_id), status = 'alleged', id)
    as place
  from heads
), sure as (
  select incident_id, days, days_basis, row_number() over (
    partition by incident_id order by (cluster <> incident_id), days is null, days_basis <> 'own', contains(days, '/'), id
  ) as place
  from heads
)
select
  h.incident_id, any_value(e.type) as type, any_value(e.mode) as mode, any_value(e.label[1].text) as label,
  case when bool_or(h.status <> 'alleged') filter (h.cluster = h.incident_id) then 'fact' else 'alleged' end as told,
  (select list(distinct a.derived_by_name order by a.derived_by_name) from attributions a
    where list_contains(list(h.id) filter (h.status = 'alleged'), a.event_id)) as alleged_by,
  (select list(distinct a.derived_by_name order by a.derived_by_name) from attributions a
    where list_contains(list(h.id), a.event_id)) as said_by,
  any_value(s.days) as days, any_value(s.days_basis) as days_basis,
  (select list(distinct {name: p.derived_entity_name, role: p.role, lat: g.geo.lat, lon: g.geo.lon,
      precision: coalesce(p.precision, g.geo.precision), basis: p.basis}) from places p join entities g on g.id = p.entity
    where list_contains(list(h.id), p.event_id)) as places,
  (select list(distinct coalesce(a.derived_entity_name, a.text.text) order by coalesce(a.derived_entity_name, a.text.text)) from arguments a
    where a.derived_macro_role = 'agent' and list_contains(list(h.id), a.event_id)) as actors,
  (select list(distinct coalesce(a.derived_entity_name, a.text.text) order by coalesce(a.derived_entity_name, a.text.text)) from arguments a
    where a.derived_macro_role in ('patient', 'theme', 'recipient', 'beneficiary')
    and list_contains(list(h.id), a.event_id)) as targets,
  (select list({event: q.event_id, measure: q.measure, comparator: q.comparator, value: q.value, lower: q.lower,
      upper: q.upper, unit: q.unit, of: q.of.text, printed: q.span.text} order by q.event_id, q.position) from quantities q
    where list_contains(list(h.id), q.event_id)) as figures,
  list(distinct h.document order by h.document) as documents,
  list(h.id order by h.id) filter (h.cluster = h.incident_id) as events,
  list(h.id order by h.id) filter (h.cluster <> h.incident_id) as parts,
  list_sort(list_distinct(flatten(list(h.evidence)))) as sentences
from heads h join told t on t.incident_id = h.incident_id and t.place = 1 join events e on e.id = t.id
  join sure s on s.incident_id = h.incident_id and s.place = 1
group by h.incident_id
order by any_value(s.days) nulls last, h.incident_id;
comment on view incidents is
  'One row per specific happening told as a fact or alleged: merged over documents, its parts folded into it.';

create view edges as
select
  s.entity as source, s.derived_entity_name as source_name, s.role as source_role,
  e.type || coalesce('/' || e.mode, '') as relation,
  t.entity as target, t.derived_entity_name as target_name, t.role as target_role,
  t.derived_macro_role = 'agent' as together, e.status, e.polarity, e.derived_realis as realis, e.derived_nature as nature,
  said_by_of(e.id) as said_by, e.derived_when as days, dates_of(e.id) as dates, e.id as event_id, e.document as document_id
from arguments s
join arguments t using (event_id)
join events e on e.id = s.event_id
where s.derived_macro_role = 'agent' and s.entity is not null and t.entity is not null and s.entity <> t.entity
  and t.derived_macro_role <> 'place' and (t.derived_macro_role <> 'agent' or s.position < t.position)
order by e.id, s.position, t.position;
comment on view edges is
  'Who acts on whom, one row per pair: an agent of an event with each other party of it; two agents act together.';

create view statements as
select
  a."by" as speaker, a.derived_by_name as speaker_name, a.act, a.via, a.derived_via_name as via_name, a.quote, a.implicit,
  (select list(distinct p.derived_entity_name order by p.derived_entity_name) from arguments p
    where p.event_id = e.id and p.entity is not null and p.entity <> a."by") as of_whom,
  e.label[1].text as said, e.type, e.status, e.polarity, e.derived_realis as realis, e.derived_nature as nature,
  e.derived_when as days, dates_of(e.id) as dates, e.id as event_id, e.document as document_id, e.evidence as sentences
from attributions a join events e on e.id = a.event_id
order by e.id, a.position;
comment on view statements is 'Who said what of whom: one row per speaker of an event.';

create view conduct as
select
  s.target, s.derived_target_name as target_name, e.type, e.mode, e.label[1].text as act, e.status,
  said_by_of(e.id) as alleged_by,
  e.derived_when as days, dates_of(e.id) as dates, e.evidence as sentences, e.id as event_id, s.id as sanction_id, s.document as document_id
from (select *, unnest(sanctions.conduct) as act from sanctions) s join events e on e.id = s.act
order by s.id, e.id;
comment on view conduct is 'What each target of a sanction is accused of, by whom, and in which sentences.';

create view contested as
with figures as (
  select e.derived_cluster as cluster_id, q.event_id, q.document_id, q.measure, q.unit, q.per, lower(q.of.text) as what,
    q.span.text as printed,
    {comparator: q.comparator, value: q.value, lower: q.lower, upper: q.upper} as bounds,
    e.status, said_by_of(e.id) as said_by
  from quantities q join events e on e.id = q.event_id
), sides as (
  select cluster_id, measure, unit, per, list(distinct bounds order by bounds) as all_bounds, document_id, status, said_by,
    list(distinct printed order by printed) as printed, list(distinct event_id order by event_id) as events
  from figures group by cluster_id, measure, unit, per, document_id, status, said_by
), differing as (
  select a.cluster_id, a.measure, a.document_id, a.status, a.said_by, a.events, a.printed
  from sides a
  where exists (
    from sides b where b.cluster_id = a.cluster_id and b.measure = a.measure
      and b.unit is not distinct from a.unit and b.per is not distinct from a.per
      and (b.document_id <> a.document_id or b.said_by is distinct from a.said_by)
      and not list_has_any(a.all_bounds, b.all_bounds)
  )
)
select 'figure' as kind, d.cluster_id as about, e.label[1].text as label, d.measure as what, d.document_id, d.status, d.said_by,
  d.printed as says, d.events
from differing d join events e on e.id = d.cluster_id
union all
select 'fact', least(r.event_id, r.event), e.label[1].text, 'conflicts-with', e.document, e.status, said_by_of(e.id),
  coalesce(nullif([q.span.text for q in e.quantities], []), [e.label[1].text]), [e.id]
from relations r join events e on e.id = r.event_id where r.rel = 'conflicts-with'
union all
select 'sanction', least(s.id, l.sanction), s.derived_target_name, 'supports', s.document, null, [s.derived_authority_name],
  (select list(n.name order by n.name) from entity_names n where list_contains(s.supports, n.entity)), [s.event]
from (select *, unnest(relations) as l from sanctions) s where l.rel = 'conflicts-with'
order by 1, 2, 5;
comment on view contested is
  'Figures and facts that documents or speakers give differently: one row per side, never what only one gives.';

create view list_differences as
select
  s.id as sanction_id, s.document as document_id, s.target, s.derived_target_name as target_name,
  (select list(n.name order by n.name) from entity_names n where list_contains(s.supports, n.entity)) as document_says,
  l.list, l.key, (select list(n.name order by n.name) from entity_names n where list_contains(l.linked_to, n.entity))
    as list_says, l.snapshots, l.source
from (select *, unnest(registry) as l from sanctions) s where l.result = 'differs'
order by s.id;
comment on view list_differences is 'Targets whom the public list links to somebody else than the document does.';
