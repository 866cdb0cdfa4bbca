// What the editor offers while one writes: terms, concepts and councils by name or label, prefixes,
// variables of the query, and words of SPARQL.

const WORDS = `SELECT DISTINCT CONSTRUCT ASK DESCRIBE WHERE PREFIX FROM NAMED GRAPH OPTIONAL FILTER UNION MINUS
  VALUES BIND EXISTS NOT GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT
  BOUND COALESCE IF STR LANG DATATYPE YEAR MONTH DAY NOW CONTAINS STRSTARTS STRENDS REGEX REPLACE CONCAT IN`.split(/\s+/);

// Everything that has a name for people: terms of the ontology, concepts of its schemes, councils.
const NAMED = `PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?label ?kind ?told WHERE {
  { VALUES ?class { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
    ?thing a ?class ; rdfs:label ?label . OPTIONAL { ?thing skos:definition ?told }
    BIND(IF(?class = owl:Class, "class", "property") AS ?kind) }
  UNION { ?thing a skos:Concept ; skos:prefLabel ?label . OPTIONAL { ?thing skos:definition ?told } BIND("constant" AS ?kind) }
  UNION { ?thing a ci:Council ; rdfs:label ?label . BIND("constant" AS ?kind) }
} ORDER BY ?thing`;

// The service stands beside the folder of this file, wherever a proxy has put both.
const SERVICE = new URL("../sparql", import.meta.url);

/** Return a source of completions; what has a name is fetched when the first one is asked for. */
export function completionsOf(prefixes) {
  let named;
  return async (context) => {
    const word = context.matchBefore(/[?$]?[\w:.-]+/);
    if (!word || (word.to - word.from < 2 && !context.explicit)) return null;
    named ??= fetchNamed(prefixes);
    const text = context.state.doc.toString();
    const variables = [...new Set(text.match(/[?$]\w+/g) ?? [])].filter((name) => name !== word.text);
    const options = [
      ...variables.map((label) => ({ label, type: "variable" })),
      ...WORDS.map((label) => ({ label, type: "keyword", boost: -1 })),
      ...Object.keys(prefixes).map((name) => ({ label: `${name}:`, type: "namespace", apply: withPrefix(prefixes, name, `${name}:`) })),
      ...(await named),
    ];
    return { from: word.from, options, validFor: /^[?$]?[\w:.-]*$/ };
  };
}

async function fetchNamed(prefixes) {
  const headers = { Accept: "application/sparql-results+json" };
  const answer = await fetch(`${SERVICE}?${new URLSearchParams({ query: NAMED })}`, { headers });
  // Without it one writes on, with fewer offers.
  if (!answer.ok) return [];
  const rows = (await answer.json()).results.bindings;
  return rows.flatMap((row) => offersOf(prefixes, row));
}

/** Return the offers for one thing: by its name, and by its label. */
function offersOf(prefixes, row) {
  const address = row.thing.value;
  const label = row.label.value;
  const [prefix, space] = Object.entries(prefixes).find(([, one]) => address.startsWith(one) && /^\w[\w-]*$/.test(address.slice(one.length))) ?? [];
  const name = prefix ? `${prefix}:${address.slice(space.length)}` : `<${address}>`;
  const apply = prefix ? withPrefix(prefixes, prefix, name) : name;
  const offer = { type: row.kind.value, apply, info: row.told?.value };
  // Of an address the last two parts tell enough, such as grade/good.
  const byLabel = { ...offer, label, detail: prefix ? name : address.split("/").slice(-2).join("/") };
  return prefix ? [{ ...offer, label: name, detail: label }, byLabel] : [byLabel];
}

/** Return what writes a name, and declares its prefix where the query does not yet. */
function withPrefix(prefixes, prefix, name) {
  return (view, completion, from, to) => {
    const isDeclared = new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(view.state.doc.toString());
    const changes = [{ from, to, insert: name }];
    if (!isDeclared) changes.push({ from: 0, insert: `PREFIX ${prefix}: <${prefixes[prefix]}>\n` });
    const moved = isDeclared ? 0 : changes[1].insert.length;
    view.dispatch({ changes, selection: { anchor: from + name.length + moved }, userEvent: "input.complete" });
  };
}
