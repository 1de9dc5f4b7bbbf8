//! What it costs to judge values by a schema, before it is done: definitions that each name the next one ten times ask for
//! more than there is time.

use serde_json::{Map, Value};

use super::cycle::{MANY, ONE, target};

/// How often schemas may be applied to values, in all (`schema-steps`).
const MOST: u64 = 5_000_000;

/// How many schemas may be within one another, through values and through references (`schema-depth`).
const DEEPEST: usize = 5_000;

/// Keywords whose schemas judge any member of an object, or any item of a list.
const MEMBERS: [&str; 3] = ["additionalProperties", "unevaluatedProperties", "propertyNames"];
const ITEMS: [&str; 4] = ["items", "additionalItems", "unevaluatedItems", "contains"];

/// Refuses a schema that asks for too much of `values`. Its references must end: [`super::cycle::check`].
///
/// # Errors
/// The limit that is exceeded, as a clause.
pub(super) fn check(schema: &Value, values: &Value) -> Result<(), String> {
    Cost { root: schema, steps: 0 }.judge(schema, values, 0)
}

struct Cost<'a> {
    root: &'a Value,
    steps: u64,
}

impl<'a> Cost<'a> {
    fn judge(&mut self, schema: &'a Value, value: &Value, depth: usize) -> Result<(), String> {
        self.steps += 1;
        if self.steps > MOST {
            return Err(format!("judging the values exceeds the limit `schema-steps` of {MOST}"));
        }
        if depth > DEEPEST {
            return Err(format!("it exceeds the limit `schema-depth` of {DEEPEST}"));
        }
        let Value::Object(keywords) = schema else { return Ok(()) };
        let reference = keywords.get("$ref").and_then(Value::as_str).and_then(|reference| target(self.root, reference));
        let one = ONE.into_iter().filter_map(|key| keywords.get(key));
        let many = MANY.into_iter().flat_map(|key| list(keywords, key));
        let dependent = ["dependentSchemas", "dependencies"]
            .into_iter()
            .flat_map(|key| map(keywords, key))
            .map(|(_, schema)| schema);
        for schema in reference.into_iter().chain(one).chain(many).chain(dependent) {
            self.judge(schema, value, depth + 1)?;
        }
        match value {
            Value::Object(members) => {
                members.iter().try_for_each(|(key, member)| self.member(keywords, key, member, depth + 1))
            }
            Value::Array(items) => {
                items.iter().enumerate().try_for_each(|(at, item)| self.item(keywords, at, item, depth + 1))
            }
            _ => Ok(()),
        }
    }

    fn member(
        &mut self,
        keywords: &'a Map<String, Value>,
        key: &str,
        member: &Value,
        depth: usize,
    ) -> Result<(), String> {
        let own = keywords.get("properties").and_then(|properties| properties.get(key));
        let patterns = map(keywords, "patternProperties").map(|(_, schema)| schema);
        let any = MEMBERS.into_iter().filter_map(|key| keywords.get(key));
        own.into_iter().chain(patterns).chain(any).try_for_each(|schema| self.judge(schema, member, depth))
    }

    fn item(&mut self, keywords: &'a Map<String, Value>, at: usize, item: &Value, depth: usize) -> Result<(), String> {
        let own = ["prefixItems", "items"].into_iter().filter_map(|key| keywords.get(key)?.get(at));
        let any = ITEMS.into_iter().filter_map(|key| keywords.get(key));
        own.chain(any).try_for_each(|schema| self.judge(schema, item, depth))
    }
}

fn list<'a>(keywords: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    keywords.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn map<'a>(keywords: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    keywords.get(key).and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn schemas_that_multiply_are_refused() {
        let mut definitions = Map::new();
        for at in 0..9 {
            let next = json!({"$ref": format!("#/definitions/{}", at + 1)});
            definitions.insert(at.to_string(), json!({ "allOf": vec![next; 10] }));
        }
        definitions.insert("9".to_owned(), json!({"type": "object"}));
        let same = json!({"$ref": "#/definitions/0", "definitions": definitions});
        let below = json!({"properties": {"a": {"$ref": "#"}}});
        let down = json!({ "allOf": vec![below; 4] });
        let values = (0..30).fold(json!({}), |inner, _| json!({ "a": inner }));
        for (schema, fails) in
            [(same, true), (down, true), (json!({"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#"}}), false)]
        {
            assert_eq!(check(&schema, &values).is_err(), fails, "{schema}");
        }
    }
}
