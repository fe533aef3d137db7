// The conditions that rules name (acts.md), and the counts that they and the balance need. A guard gives null, or what fails.

const sortedRows = (map) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
const equalRows = (left, right) => JSON.stringify(left) === JSON.stringify(right);

const GUARDS = {
  signed_by_root: (_, entry) => (entry.byRoot ? null : entry.by),
  terms_agreed: (x) => (x.state === "AGREED" ? null : x.state),
  every_stage_closed: (x) => notClosed(x, null),
  list_opens_to_root(x, { fields, party }, id) {
    const lines = x.public.get(id);
    if (!lines) return "missing";
    if (lines.root !== fields.get("root")) return "root";
    if (lines.draw !== fields.get("draw")) return "draw";
    if (lines.side !== id || lines.holder !== party) return `${lines.side}, ${lines.holder}`;
    const taken = lines.people.find((person) => x.people.has(person.id));
    if (taken) return taken.id;
    if (lines.people.length !== fields.get("count")) return String(lines.people.length);
    const counts = new Map();
    for (const { groups } of lines.people) for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
    return equalRows(sortedRows(counts), fields.get("categories")) ? null : "categories";
  },
  same_root: (x, { fields }, id) => (x.lists.get(id).root === fields.get("root") ? null : id),
  every_list_lodged(x) {
    for (const list of x.lists.values()) {
      const missing = x.terms.keepers.filter((code) => !list.lodged.has(code));
      if (missing.length) return `${list.id}: ${missing.sort().join(", ")}`;
    }
    return null;
  },
  commitments_under_full_head(x) {
    for (const list of x.lists.values()) if (list.committed === null || list.committed >= x.fullHead) return list.id;
    return null;
  },
  draw_opens(x, { fields }) {
    const opened = new Map(fields.get("draw"));
    if (opened.size !== x.lists.size || [...opened.keys()].some((id) => !x.lists.has(id))) return "one for each list";
    for (const [id, text] of opened) if (x.lists.get(id).draw !== base64url(sha256(ascii(text)))) return id;
    return null;
  },
  list_released(x, _, id) {
    const list = x.lists.get(x.people.get(id).list);
    return ["RELEASED", "FROZEN"].includes(list.state) && x.settledInForce("lists-released") ? null : list.id;
  },
  list_not_frozen(x, _, id) {
    const list = x.lists.get(x.people.get(id).list);
    return list.state === "FROZEN" ? list.id : null;
  },
  code_is_known: (_, { fields }) => (fields.get("code") in TABLES.answers ? null : fields.get("code")),
  reason_when_not_held: (_, { fields }, id) => (fields.get("outcome") === "not_held" && !fields.has("reason") ? id : null),
  every_name_answered(x, _, id) {
    const { answered, count } = x.lists.get(id);
    return answered === count ? null : `${answered}/${count}`;
  },
  agreed_count_is_right(x, { fields }, id) {
    const agreed = [...x.people.values()].filter((person) => person.list === id && person.state === "AGREED").length;
    return agreed === fields.get("agreed") ? null : String(agreed);
  },
  lists_frozen(x) {
    for (const { id, state } of x.lists.values()) if (state !== "FROZEN" || !x.settledInForce("list-frozen", id)) return id;
    return null;
  },
  stage_before_is_closed: (x, _, id) => notClosed(x, id),
  people_may_go(x, { fields }) {
    const seen = new Set();
    for (const part of ["going", "reserves"]) {
      for (const [list, people] of fields.get(part)) {
        if (!x.lists.has(list)) return list;
        for (const id of people) {
          const person = x.people.get(id);
          if (person?.list !== list || person.state !== "AGREED" || seen.has(id)) return id;
          if (!TABLES.mayGo.includes(person.interview)) return `${id}: ${person.interview}`;
          seen.add(id);
        }
      }
    }
    return null;
  },
  plan_named: (x, { fields }, id) => (x.stages.get(id).plan === fields.get("plan") ? null : id),
  plan_in_force: (x, _, id) => (x.inForce(x.proposals.get(x.stages.get(id).plan)) ? null : id),
  stage_is_open(x, { fields }, id) {
    const name = fields.get("stage");
    const placed = x.people.get(id).stage;
    const open = x.stages.get(name)?.state === "OPEN" && (placed === null || placed === name);
    return open && x.settledInForce("stage-opened", name) ? null : name;
  },
  in_reserve(x, { fields }, id) {
    const { reserves } = x.stages.get(fields.get("stage"));
    return reserves.get(x.people.get(id).list)?.includes(id) ? null : id;
  },
  vacancy(x, { fields }, id) {
    const absent = x.people.get(fields.get("for"));
    const stage = x.stages.get(fields.get("stage"));
    const fits = absent && absent.stage === stage.id && absent.list === x.people.get(id).list;
    return fits && TABLES.gaps.includes(absent.state) && ![...stage.filled.values()].includes(absent.id) ? null : fields.get("for");
  },
  kind_fits_person(x, { fields }, id) {
    const person = x.people.get(id);
    const kind = fields.get("kind");
    if ((fields.get("stage") ?? null) !== person.stage) return id;
    if (TABLES.deviations[kind].then === null) return null;
    const fits = kind === "SUBSTITUTION" ? ["PLANNED", "HANDED_OVER", "RETURNED"] : ["PLANNED", "HANDED_OVER"];
    return fits.includes(person.state) ? null : `${id}: ${person.state}`;
  },
  everybody_accounted_for(x, _, id) {
    for (const people of x.stages.get(id).people.values()) {
      for (const person of people) if (!(x.people.get(person).state in TABLES.columns)) return person;
    }
    return null;
  },
  balance_is_right(x, { fields }, id) {
    const mine = Object.entries(balanceOf(x, x.stages.get(id))).map(([list, columns]) => [list, sortedRows(Object.entries(columns))]);
    return equalRows(sortedRows(mine), fields.get("balance")) ? null : id;
  },
  clauses_hold_or_explained(x, _, id) {
    const found = differences(x, id).find((each) => each.explained_by.length < each.short);
    return found ? `${found.clause} ${found.list}: ${found.got}, ${found.wanted}` : null;
  },
};

/** The first stage, of all or of those before `until`, that is not closed under a full head. */
function notClosed(x, until) {
  for (const { id, state } of x.stages.values()) {
    if (id === until) return null;
    if (state !== "CLOSED" || !x.settledInForce("stage-closed", id)) return id;
  }
  return until;
}

/** Per list: planned, reserves called, and how many stand in each closing column. */
function balanceOf(x, stage) {
  const result = {};
  for (const [list, people] of sortedRows(stage.people)) {
    const planned = stage.going.get(list)?.length ?? 0;
    const columns = { planned, reserves_called: people.length - planned };
    for (const id of people) {
      const column = TABLES.columns[x.people.get(id).state] ?? "between_columns";
      columns[column] = (columns[column] ?? 0) + 1;
    }
    result[list] = columns;
  }
  return result;
}

// ---- clauses of kind count and parity when a stage closes -----------------------------------------------------------

function stagesCounted(over, stage, order) {
  const soFar = order.slice(0, order.indexOf(stage) + 1);
  const last = stage === order.at(-1);
  switch (over) {
    case "end": return last ? soFar : null;
    case "each stage": return [stage];
    case "after every stage": return soFar;
    case "after every stage but the last": return last ? null : soFar;
    default: return over === stage ? [stage] : null;
  }
}

function differences(x, stage) {
  const found = [];
  for (const clause of x.terms.clauses) {
    const stages = stagesCounted(clause.over, stage, x.terms.stages);
    if (stages === null || !clause.counted || !["count", "parity"].includes(clause.kind)) continue;
    const joinedLists = clause.sides.length ? clause.sides : x.terms.sides.map((side) => side.id);
    const counted = (joined, group) => receivedOf(x, stages, joined.split("+"), group);
    const difference = (list, group, wanted, got) =>
      found.push({
        clause: clause.id, list, group, wanted: String(wanted), got, short: Math.abs(wanted - got),
        explained_by: explaining(x, stages, list.split("+"), group),
      });
    if (clause.kind === "count") {
      for (const joined of joinedLists) {
        const got = counted(joined, clause.group);
        if (clause.low !== null && got < clause.low) difference(joined, clause.group, clause.low, got);
        else if (clause.high !== null && got > clause.high) difference(joined, clause.group, clause.high, got);
      }
      continue;
    }
    for (const group of clause.groups.length ? clause.groups : [clause.group]) {
      const numbers = joinedLists.map((joined) => counted(joined, group));
      const wanted = Math.max(...numbers) - clause.tolerance;
      joinedLists.forEach((joined, at) => numbers[at] < wanted && difference(joined, group, wanted, numbers[at]));
    }
  }
  return found;
}

function receivedOf(x, stages, lists, group) {
  const placed = stages.flatMap((id) => lists.flatMap((list) => x.stages.get(id).people.get(list) ?? []));
  return placed
    .map((id) => x.people.get(id))
    .filter((person) => person.state === "RECEIVED" && (group === "all" || person.groups.has(group))).length;
}

/** The acts of the deviations, agreed by a second party, that account for one person missing from this count, or one too many. */
function explaining(x, stages, lists, group) {
  const explains = ({ agreed_by: agreedBy, stage, person: id, list, kind }) => {
    if (agreedBy === null || !stages.includes(stage)) return false;
    if (id === null) return list === null || lists.includes(list);
    const person = x.people.get(id);
    if (!lists.includes(person.list)) return false;
    if (kind === "SURPLUS" || kind === "WRONG_CATEGORY") return true;
    return ![...x.stages.get(stage).filled.values()].includes(id) && (group === "all" || person.groups.has(group));
  };
  return x.deviations.filter(explains).map((each) => each.index);
}
