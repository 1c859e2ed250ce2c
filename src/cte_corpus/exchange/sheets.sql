-- The flat tables that `cte export` writes, over the views of tabular/views.sql. columns.toml says what each column is.

create macro first_day(days) as nullif(split_part(days, '/', 1), '..');
create macro last_day(days) as nullif(split_part(days, '/', -1), '..');

create macro figure(q) as concat_ws(
  ' ', q.measure || ':', case when q.comparator <> 'eq' then q.comparator end,
  coalesce(
    format('{:.15g}', q.value),
    format('{:.15g}', q.lower) || case when q.upper is null then '' else ' to ' || format('{:.15g}', q.upper) end,
    format('{:.15g}', q.upper)
  ),
  q.unit, q.of
);

create view sheet_incidents as
select
  incident_id, type, mode, label, told, alleged_by, said_by,
  first_day(days) as earliest, last_day(days) as latest, days_basis,
  [p.name || ' (' || p.role || ')' for p in places] as places, point.lat, point.lon, point.precision,
  actors, targets, [figure(f) for f in figures] as figures,
  len(documents) as n_documents, documents, events, parts, sentences
from (
  select *, list_filter(list_sort(places), lambda p: p.lat is not null and p.role = 'site') as sited,
    coalesce(
      sited[list_position([p.precision for p in sited], 'exact')], sited[list_position([p.precision for p in sited], 'city')],
      sited[1]
    ) as point
  from incidents
)
order by days nulls last, incident_id;

create view sheet_events as
select
  e.id as event_id, e.document as document_id, e.derived_section as section_id, e.derived_sentence as sentence_id,
  e.type, e.mode, [l.text for l in e.label if l.lang = 'en'][1] as label, [l.text for l in e.label if l.lang = 'ar'][1] as label_ar,
  e.trigger.text as trigger, e.status, e.polarity, e.certainty.degree as certainty, e.genericity,
  e.derived_realis as realis, e.derived_nature as nature, e.prominence,
  said_by_of(e.id) as said_by, first_day(e.derived_when) as earliest, last_day(e.derived_when) as latest, e.derived_when_basis as days_basis,
  dates_of(e.id) as dates,
  (select list(p.derived_entity_name || ' (' || p.role || ')' order by p.position) from places p where p.event_id = e.id) as places,
  (select list(coalesce(a.derived_entity_name, a.text.text) order by a.position) from arguments a
    where a.event_id = e.id and a.derived_macro_role = 'agent' and a.event is null) as actors,
  (select list(a.role || ': ' || coalesce(a.derived_entity_name, a.text.text, a.event) order by a.position) from arguments a
    where a.event_id = e.id) as participants,
  (select list(distinct a.entity order by a.entity) from arguments a where a.event_id = e.id and a.entity is not null) as entities,
  (select list(figure({measure: q.measure, comparator: q.comparator, value: q.value, lower: q.lower, upper: q.upper,
    unit: q.unit, of: q.of.text}) order by q.position) from quantities q where q.event_id = e.id) as figures,
  [r.rel || ' ' || r.event for r in e.relations] as relations, e.derived_cluster as cluster, e.derived_whole as whole,
  [c.target || ' (' || c.match || ')' for c in e.derived_plover] as plover,
  [c.target || ' (' || c.match || ')' for c in e.derived_acled] as acled,
  [c.target || ' (' || c.match || ')' for c in e.derived_gtd] as gtd,
  e.evidence as sentences, e.derived_digest as digest
from events e
order by e.document, e.id;

create view sheet_edges as
select * exclude (days, dates, event_id, document_id) replace (together::varchar as together),
  first_day(days) as earliest, last_day(days) as latest, dates, event_id, document_id
from edges order by event_id, source, target, source_role, target_role;

create view sheet_designations as
select * exclude (registry), [r.list || ' ' || coalesce(r.key || ' ', '') || r.result for r in registry] as lists
from designations order by sanction_id;

-- For GeoJSON: one row per place of an event.
create view sheet_places as
select
  p.event_id as event, p.document_id as document, e.type, e.mode, p.derived_label as label, e.status, e.polarity, e.certainty.degree as certainty, e.genericity,
  said_by_of(e.id) as said_by, p.entity as place, p.derived_entity_name as place_name, p.role as place_role, p.basis as place_basis,
  p.precision as told_precision, n.geo.precision as point_precision, n.geo.lat as lat, n.geo.lon as lon,
  first_day(e.derived_when) as earliest, last_day(e.derived_when) as latest, e.derived_when_basis as days_basis, dates_of(e.id) as dates
from places p join events e on e.id = p.event_id left join entities n on n.id = p.entity
order by p.document_id, p.event_id, p.position;
