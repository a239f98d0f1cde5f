// @ts-check
// The small parts of the rule builder: elements, suggestions, and fields for values, periods and
// counts. Each field changes the rule's tree in place and says so with changed().
(() => {
  const text = /** @type {any} */ (globalThis).ruleText;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const MOMENT = /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d.*|\$D_-?\d+)$/;
  const TYPES = { text: "text", number: "number", boolean: "yes or no", date: "date", moment: "date and time" };

  /**
   * @param {string} name
   * @param {Record<string, any>} [properties]
   * @param {...(Node | string | null | undefined)} inner
   * @returns {any}
   */
  function el(name, properties = {}, ...inner) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key === "label") {
        element.setAttribute("aria-label", value);
      } else if (key.includes("-") || key === "list" || key === "role") {
        element.setAttribute(key, value);
      } else {
        /** @type {any} */ (element)[key] = value;
      }
    }
    element.append(...inner.filter((part) => part !== null && part !== undefined));
    return element;
  }

  /** Fields that belong together. @param {...(Node | string | null | undefined)} fields */
  function part(...fields) {
    return el("span", { className: "rule-part" }, ...fields);
  }

  /** @param {[string, string][]} options @param {string} chosen @param {Record<string, any>} properties */
  function select(options, chosen, properties) {
    const known = options.some(([value]) => value === chosen);
    const all = known ? options : [...options, /** @type {[string, string]} */ ([chosen, chosen || "Choose"])];
    const element = el("select", { className: "form-select", ...properties }, ...all.map(([value, words]) => el("option", { value }, words)));
    element.value = chosen;
    return element;
  }

  let lists = 0;

  /**
   * Suggests as somebody types, from an address that takes a prefix.
   * @param {HTMLInputElement} input
   * @param {() => string | undefined} address
   * @param {(suggestion: any) => void} [chosen]
   */
  function suggest(input, address, chosen) {
    const list = el("datalist", { id: `suggested-${++lists}` });
    input.setAttribute("list", list.id);
    input.setAttribute("autocomplete", "off");
    /** @type {any[]} */
    let known = [];
    let timer = 0;
    let asked = "";
    /** @type {Promise<void> | undefined} */
    let asking;
    const ask = () => {
      const base = address();
      const url = base && `${base}${base.includes("?") ? "&" : "?"}limit=20&prefix=${encodeURIComponent(input.value)}`;
      if (url && url !== asked) {
        asked = url;
        asking = load(url);
      }
      return asking;
    };
    /** @param {string} url */
    const load = async (url) => {
      const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => undefined);
      if (!answer?.ok || url !== asked) {
        return;
      }
      known = (await answer.json()).suggestions;
      list.replaceChildren(
        ...known.map((one) => el("option", { value: one.text, label: `${one.text} (${one.type ? `${one.type}, ` : ""}about ${one.count.toLocaleString("en")})` })),
      );
    };
    input.addEventListener("focus", ask);
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    input.addEventListener("change", async () => {
      if (!chosen) {
        return;
      }
      // a fast typist is done before the suggestions have come
      clearTimeout(timer);
      await ask();
      const found = known.find((one) => one.text === input.value);
      if (found) {
        chosen(found);
      }
    });
    return [input, list];
  }

  /** Whether it is a day that there is; a field for dates shows no other. @param {string} value */
  function isDay(value) {
    const day = DAY.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
    return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  }

  /** @param {any} value @param {string[]} types @param {string | undefined} said */
  function typeOf(value, types, said) {
    const empty = value === "" || value === null || value === undefined;
    const seen = empty
      ? (said ?? types[0])
      : text.isNumber(value)
        ? "number"
        : typeof value === "boolean"
          ? "boolean"
          : isDay(value)
            ? "date"
            : MOMENT.test(value)
              ? "moment"
              : "text";
    return types.includes(seen) ? seen : types[0];
  }

  /** What kinds of values an operator takes, and how many. @param {string} op */
  function shapeOf(op) {
    switch (op) {
      case "exists":
      case "notExists":
        return { many: "none", types: [] };
      case "in":
      case "notIn":
        return { many: "list", types: [] };
      case "contains":
      case "notContains":
      case "startsWith":
        return { many: "one", types: ["text"] };
      case "between":
        return { many: "two", types: ["number", "date", "moment"] };
      case "before":
      case "after":
        return { many: "one", types: ["date", "moment"] };
      case "equals":
      case "notEquals":
        return { many: "one", types: ["text", "number", "boolean", "date", "moment"] };
      default:
        return { many: "one", types: ["number", "date", "moment"] };
    }
  }

  /** The type whose field is shown; none where the operator takes no single value. @param {any} rule @param {string | undefined} said */
  function typeShown(rule, said) {
    const { types } = shapeOf(rule.op);
    return types.length ? typeOf(rule.value, types, said) : undefined;
  }

  /** Makes the value fit another operator, keeping what can be kept. @param {any} rule */
  function reshape(rule) {
    const shape = shapeOf(rule.op);
    const before = [rule.value].flat().filter((value) => value !== undefined && value !== null);
    const fitting = before.filter((value) => shape.many === "list" || shape.types.includes(typeOf(value, Object.keys(TYPES), undefined)));
    if (shape.many === "none") {
      delete rule.value;
    } else if (shape.many === "list") {
      rule.value = before.filter((value) => value !== "");
    } else if (shape.many === "two") {
      rule.value = [fitting[0] ?? null, fitting[1] ?? null];
    } else {
      rule.value = fitting[0] ?? null;
    }
  }

  /**
   * The fields of a value: none, one, two, or lines.
   * @param {any} ui how the builder marks fields and takes changes
   * @param {any} rule
   * @param {string} at pointer to the rule
   * @param {() => string | undefined} [values] where values are suggested from
   * @param {string[]} [only] the types that fit here
   */
  function valueFields(ui, rule, at, values, only) {
    const { many, types } = shapeOf(rule.op);
    const fit = only ?? types;
    if (many === "none") {
      return [];
    }
    if (many === "list") {
      const area = el("textarea", { className: "form-control grow", rows: Math.min(8, Math.max(3, [rule.value ?? []].flat().length + 1)), spellcheck: false, label: "Values, one a line", placeholder: "one a line", title: 'Numbers count as numbers; "12" in quotes is text' });
      area.value = text.toLines([rule.value ?? []].flat());
      ui.field(area, `${at}/value`, rule, () => (rule.value = text.fromLines(area.value)));
      return [area];
    }
    if (many === "two") {
      if (!Array.isArray(rule.value)) {
        rule.value = [null, null];
      }
      const [first, second] = rule.value.map((/** @type {any} */ value) => typeOf(value, fit, ui.said(rule)));
      const type = first === second || rule.value[1] === null || rule.value[1] === "" ? first : rule.value[0] === null || rule.value[0] === "" ? second : "moment";
      return [
        ...typeField(ui, rule, at, type, fit, () => (rule.value = [null, null])),
        ...oneField(ui, rule.value, 0, `${at}/value/0`, type, "From", undefined),
        el("span", { className: "quiet small" }, "and"),
        ...oneField(ui, rule.value, 1, `${at}/value/1`, type, "To", undefined),
      ];
    }
    const type = typeOf(rule.value, fit, ui.said(rule));
    const other = () => (rule.value = null);
    return [...typeField(ui, rule, at, type, fit, other), ...oneField(ui, rule, "value", `${at}/value`, type, "Value", values)];
  }

  /** @param {any} ui @param {any} rule @param {string} at @param {string} type @param {string[]} types @param {() => void} clear */
  function typeField(ui, rule, at, type, types, clear) {
    if (types.length < 2) {
      return [];
    }
    const field = select(
      types.map((one) => [one, /** @type {any} */ (TYPES)[one]]),
      type,
      { label: "Type of the value" },
    );
    field.dataset.key = `${at}/type`;
    field.addEventListener("change", () => {
      ui.say(rule, field.value);
      clear();
      if (field.value === "boolean") {
        rule.value = true;
      }
      ui.changed(true);
    });
    return [field];
  }

  /** @param {any} ui @param {any} holder @param {string | number} member @param {string} pointer @param {string} type @param {string} label @param {(() => string | undefined) | undefined} values */
  function oneField(ui, holder, member, pointer, type, label, values) {
    const value = holder[member];
    if (type === "boolean") {
      const field = select([["true", "yes"], ["false", "no"]], String(value === true), { label });
      ui.field(field, pointer, holder, () => (holder[member] = field.value === "true"));
      return [field];
    }
    const field = el("input", { className: "form-control grow", label, spellcheck: false });
    if (type === "number") {
      field.inputMode = "decimal";
      field.value = text.isNumber(value) ? value["#"] : "";
      ui.field(field, pointer, holder, () => (holder[member] = text.number(field.value) ?? null), () =>
        field.value.trim() !== "" && !text.number(field.value) ? "Write a number, such as 12 or 0.5." : "",
      );
      return [field];
    }
    if (type === "date") {
      field.type = "date";
    } else if (type === "moment") {
      field.placeholder = "2026-12-01T10:00";
    }
    field.value = typeof value === "string" ? value : "";
    ui.field(field, pointer, holder, () => (holder[member] = field.value));
    return type === "text" && values ? suggest(field, values) : [field];
  }

  /** The fields of a period. @param {any} ui @param {any} rule @param {string} at */
  function periodFields(ui, rule, at) {
    const form = "within" in rule ? "within" : "from" in rule || "to" in rule ? "days" : "ever";
    const kind = select([["ever", "at any time"], ["within", "in the last"], ["days", "on the days"]], form, { label: "When" });
    kind.dataset.key = `${at}/period`;
    kind.addEventListener("change", () => {
      delete rule.within;
      delete rule.from;
      delete rule.to;
      if (kind.value === "within") {
        rule.within = "P30D";
      } else if (kind.value === "days") {
        rule.from = "";
      }
      ui.changed(true);
    });
    if (form === "within") {
      return [part(kind, ...withinFields(ui, rule, at))];
    }
    return form === "ever" ? [kind] : [part(kind, dayField(ui, rule, "from", at, "From"), el("span", { className: "quiet small" }, "to"), dayField(ui, rule, "to", at, "To"))];
  }

  /** @param {any} ui @param {any} rule @param {"from" | "to"} member @param {string} at @param {string} label */
  function dayField(ui, rule, member, at, label) {
    const field = el("input", { className: "form-control", type: "date", label });
    field.value = rule[member] ?? "";
    ui.field(field, `${at}/${member}`, rule, () => {
      if (field.value) {
        rule[member] = field.value;
      } else if (member === "to") {
        delete rule.to;
      } else {
        rule.from = rule.to ? undefined : "";
      }
    });
    return field;
  }

  /** @param {any} ui @param {any} rule @param {string} at */
  function withinFields(ui, rule, at) {
    const parts = /^P(T?)(\d+)([DWHMS])$/.exec(rule.within ?? "");
    if (!parts || (parts[1] === "T") !== "HMS".includes(parts[3] ?? "")) {
      const field = el("input", { className: "form-control few", label: "Length, as P30D or P1DT12H", value: rule.within ?? "" });
      ui.field(field, `${at}/within`, rule, () => (rule.within = field.value.trim()));
      return [field];
    }
    const count = el("input", { className: "form-control few", type: "number", min: "1", label: "How many", value: parts[2] });
    const unit = select([["D", "days"], ["W", "weeks"], ["H", "hours"], ["M", "minutes"], ["S", "seconds"]], parts[3] ?? "D", { label: "Unit", className: "form-select unit" });
    const put = () => (rule.within = `P${"HMS".includes(unit.value) ? "T" : ""}${count.value}${unit.value}`);
    ui.field(count, `${at}/within`, rule, put, () => (/^\d+$/.test(count.value) ? "" : "Write a whole number."));
    unit.dataset.key = `${at}/unit`;
    unit.addEventListener("change", () => {
      put();
      ui.changed(false);
    });
    return [count, unit];
  }

  /** How often. @param {any} ui @param {any} rule @param {string} at */
  function timesFields(ui, rule, at) {
    const form = "exactly" in rule ? "exactly" : "atMost" in rule ? ("atLeast" in rule ? "between" : "atMost") : "atLeast" in rule ? "atLeast" : "once";
    const kind = select(
      [["once", "at least once"], ["atLeast", "at least"], ["atMost", "at most"], ["exactly", "exactly"], ["between", "from … to …"]],
      form,
      { label: "How often" },
    );
    kind.dataset.key = `${at}/times`;
    kind.addEventListener("change", () => {
      const least = rule.exactly ?? rule.atLeast ?? { "#": "2" };
      const most = rule.atMost ?? rule.exactly ?? { "#": "5" };
      for (const member of ["exactly", "atLeast", "atMost", "includeNever"]) {
        delete rule[member];
      }
      if (kind.value === "between" || kind.value === "atLeast") {
        rule.atLeast = least;
      }
      if (kind.value === "between" || kind.value === "atMost") {
        rule.atMost = most;
      }
      if (kind.value === "exactly") {
        rule.exactly = least;
      }
      ui.changed(true);
    });
    const counts = ["exactly", "atLeast", "atMost"].filter((member) => member in rule).map((member) => countField(ui, rule, member, `${at}/${member}`, "Number of times"));
    return [part(kind, ...counts, counts.length ? el("span", { className: "quiet small" }, "times") : null, form === "atMost" ? neverField(ui, rule, at) : null)];
  }

  /** @param {any} ui @param {any} rule @param {string} at */
  function neverField(ui, rule, at) {
    const box = el("input", { className: "form-check-input", type: "checkbox", checked: rule.includeNever === true });
    ui.field(box, `${at}/includeNever`, rule, () => {
      if (box.checked) {
        rule.includeNever = true;
      } else {
        delete rule.includeNever;
      }
    });
    return el("label", { className: "choice" }, box, "or never");
  }

  /** @param {any} ui @param {any} holder @param {string} member @param {string} pointer @param {string} label */
  function countField(ui, holder, member, pointer, label) {
    const field = el("input", { className: "form-control few", type: "number", min: "0", label });
    field.value = text.isNumber(holder[member]) ? holder[member]["#"] : "";
    ui.field(field, pointer, holder, () => (holder[member] = text.number(field.value) ?? null));
    return field;
  }

  Object.assign(globalThis, { ruleParts: { el, part, select, suggest, reshape, typeShown, valueFields, periodFields, timesFields, countField } });
})();
