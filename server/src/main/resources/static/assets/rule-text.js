// @ts-check
// Rules as text and as trees. A number stays as it was written, since JavaScript's own numbers
// cannot hold all that rules may say: in the tree it is an object with the one member "#".
(() => {
  /** @typedef {{"#": string}} Exact */
  const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
  const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

  /** @param {string} text @returns {any} */
  function read(text) {
    return JSON.parse(text.replace(TOKEN, (token) => (token[0] === '"' ? token : `{"#":"${token}"}`)));
  }

  /** @param {any} tree @returns {string} */
  function write(tree) {
    if (Array.isArray(tree)) {
      return `[${tree.map(write).join(",")}]`;
    }
    if (isNumber(tree)) {
      return tree["#"];
    }
    if (tree && typeof tree === "object") {
      const members = Object.entries(tree).filter(([, value]) => value !== undefined);
      return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(",")}}`;
    }
    return JSON.stringify(tree ?? null);
  }

  /** @param {any} value */
  function isNumber(value) {
    return value !== null && typeof value === "object" && typeof value["#"] === "string";
  }

  /** The number that was typed, or nothing. @param {string} text @returns {Exact | undefined} */
  function number(text) {
    const plain = text.trim();
    return NUMBER.test(plain) ? { "#": plain } : undefined;
  }

  /**
   * Values one a line: numbers, true and false as such, all else as text; text that looks like one
   * of these, or that a line cannot hold, in quotes.
   * @param {any[]} values
   */
  function toLines(values) {
    return values.map(toLine).join("\n");
  }

  /** @param {any} value */
  function toLine(value) {
    if (typeof value !== "string") {
      return write(value);
    }
    const plain =
      value !== "" && value === value.trim() && !/^"|[\n\r]/.test(value) && !number(value) && !/^(true|false|null)$/.test(value);
    return plain ? value : JSON.stringify(value);
  }

  /** @param {string} text */
  function fromLines(text) {
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map(fromLine);
  }

  /** @param {string} line */
  function fromLine(line) {
    if (line === "true" || line === "false") {
      return line === "true";
    }
    if (line.startsWith('"')) {
      try {
        const text = JSON.parse(line);
        return typeof text === "string" ? text : line;
      } catch {
        return line;
      }
    }
    return number(line) ?? line;
  }

  /** The member that says what kind a rule is. */
  const KINDS = ["property", "did", "didNot", "first", "last", "sum", "average", "reachable", "segment", "list", "bucket", "everyone"];

  /** @param {any} rule */
  function kindOf(rule) {
    return "all" in rule || "any" in rule ? "group" : (KINDS.find((kind) => kind in rule) ?? "everyone");
  }

  /** A new rule of a kind. @param {string} kind @returns {any} */
  function fresh(kind) {
    switch (kind) {
      case "property":
        return { property: "", op: "equals", value: null };
      case "did":
      case "didNot":
        return { [kind]: "", within: "P30D" };
      case "first":
      case "last":
        return { [kind]: "", within: "P30D" };
      case "sum":
      case "average":
        return { [kind]: "", of: "", op: "greaterThan", value: null, within: "P30D" };
      case "reachable":
        return { reachable: "whatsapp" };
      case "segment":
      case "list":
        return { [kind]: "" };
      case "bucket":
        return { bucket: { from: { "#": "0" }, to: { "#": "9" } } };
      case "group":
        return { any: [fresh("property"), fresh("property")] };
      default:
        return { everyone: true };
    }
  }

  Object.assign(globalThis, { ruleText: { read, write, isNumber, number, toLines, fromLines, kindOf, fresh } });
})();
