// @ts-check
// The element <rule-builder>: edits the rule in its text field. The tree that the text holds is
// changed in place, so whatever is not touched is written as it was read.
(() => {
  if (customElements.get("rule-builder")) {
    return;
  }
  const text = /** @type {any} */ (globalThis).ruleText;
  const { CountedRule, el, part, select, suggest, reshape, typeShown, valueFields, periodFields, timesFields, countField } = /** @type {any} */ (globalThis).ruleParts;
  /** @type {[string, string][]} */
  const KINDS = [
    ["property", "Whose property"],
    ["did", "Who did"],
    ["didNot", "Who did not do"],
    ["first", "Whose first"],
    ["last", "Whose last"],
    ["sum", "Whose total"],
    ["average", "Whose average"],
    ["reachable", "Who can be reached on"],
    ["segment", "In the segment"],
    ["list", "On the list"],
    ["bucket", "In a random share"],
    ["group", "A group of conditions"],
    ["everyone", "Everyone"],
  ];

  class RuleBuilder extends CountedRule {
    connectedCallback() {
      if (this.box) {
        return;
      }
      this.field = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
      this.status = /** @type {HTMLElement} */ (this.querySelector(".reach"));
      this.choices = /** @type {HTMLTemplateElement} */ (this.querySelector("template")).content;
      this.types = new WeakMap();
      this.found = Object.entries(JSON.parse(this.dataset.problems || "{}")).map(([pointer, words]) => ({ pointer, words }));
      this.showAll = this.found.length > 0;
      this.querySelector(".rule-wrong")?.remove();
      this.box = el("div", { className: "rule-box" });
      // Enter takes a suggestion or ends a value; it must not send the whole form
      this.box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
          event.preventDefault();
        }
      });
      const json = this.querySelector(".rule-json");
      const details = el("details", { className: "more" }, el("summary", {}, "The rule as JSON"), json);
      this.querySelector(".rule-words")?.after(this.box);
      this.status.after(details);
      this.status.hidden = false;
      this.field.addEventListener("change", (event) => {
        if (event.isTrusted) {
          this.open();
        }
      });
      this.open();
    }

    disconnectedCallback() {
      clearTimeout(this.timer);
      this.asking?.abort();
    }

    /** Takes the text as it is. */
    open() {
      try {
        this.rule = text.read(this.field.value.trim() || '{"everyone":true}');
        this.render();
      } catch {
        this.rule = undefined;
        this.box?.replaceChildren(el("p", { className: "quiet small" }, "The text below cannot be read as a rule. Fix it there, and it can be edited here again."));
        this.box?.parentElement?.querySelector("details")?.setAttribute("open", "");
      }
      this.count(0);
    }

    /** Notes a change of the tree. @param {boolean} again whether other fields belong to it now */
    changed(again) {
      this.field.value = text.write(this.rule);
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
      if (again) {
        this.render();
      }
      this.count(400);
    }

    get ui() {
      return {
        field: this.bind.bind(this),
        changed: this.changed.bind(this),
        said: (/** @type {any} */ rule) => this.types.get(rule),
        say: (/** @type {any} */ rule, /** @type {string} */ type) => this.types.set(rule, type),
      };
    }

    /** @param {string} [focus] key of what gets the focus */
    render(focus) {
      const active = document.activeElement;
      const key = focus ?? (active instanceof HTMLElement && this.box?.contains(active) ? active.dataset.key : undefined);
      this.controls.clear();
      this.box?.replaceChildren(...this.root());
      if (key !== undefined) {
        /** @type {HTMLElement | null | undefined} */ (this.box?.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus();
      }
      this.showProblems();
    }

    root() {
      const rule = this.rule;
      const kind = "not" in rule ? "not" : text.kindOf(rule);
      if (kind === "group") {
        return [this.group(rule, "", (/** @type {any} */ other) => (this.rule = other), true)];
      }
      const add = this.button("plus", "Add a condition", "/add", () => {
        this.rule = { all: kind === "everyone" ? [text.fresh("property")] : [this.rule, text.fresh("property")] };
        this.again(kind === "everyone" ? "/all/0/kind" : "/all/1/kind");
      });
      if (kind === "everyone") {
        return [el("p", { className: "quiet" }, "Everyone. Add conditions to choose fewer people."), el("div", { className: "rule-adds" }, add)];
      }
      const one = this.item(rule, "", "Condition", (/** @type {any} */ other) => (this.rule = other), () => {
        this.rule = { everyone: true };
        this.again("/add");
      });
      return [el("div", { className: "rule-list" }, one), el("div", { className: "rule-adds" }, add)];
    }

    /** @param {string} focus */
    again(focus) {
      this.field.value = text.write(this.rule);
      this.render(focus);
      this.changed(false);
    }

    /** @param {"plus" | "trash"} icon @param {string} words @param {string} key @param {() => void} act */
    button(icon, words, key, act) {
      const small = icon === "trash";
      const button = el("button", { type: "button", className: small ? "icon-button" : "btn btn-plain", "data-key": key });
      const address = this.dataset[icon] ?? "";
      button.innerHTML = '<svg class="icon" aria-hidden="true"><use></use></svg>';
      button.querySelector("use").setAttribute("href", address);
      if (small) {
        button.setAttribute("aria-label", words);
      } else {
        button.append(words);
      }
      button.addEventListener("click", act);
      return button;
    }

    /** @param {any} group @param {string} at @param {(other: any) => void} set @param {boolean} outer */
    group(group, at, set, outer) {
      const word = "all" in group ? "all" : "any";
      const rules = group[word];
      const joined = select([["all", "all"], ["any", "any"]], word, { label: "How many of the conditions must fit" });
      joined.dataset.key = `${at}/joined`;
      joined.addEventListener("change", () => {
        set({ [joined.value]: rules });
        this.changed(true);
      });
      const items = rules.map((/** @type {any} */ rule, /** @type {number} */ i) =>
        this.item(rule, `${at}/${word}/${i}`, `Condition ${i + 1}`, (/** @type {any} */ other) => (rules[i] = other), () => {
          rules.splice(i, 1);
          if (outer && rules.length === 0) {
            this.rule = { everyone: true };
          }
          this.again(rules.length === 0 ? (outer ? "/add" : `${at}/add`) : `${at}/${word}/${Math.min(i, rules.length - 1)}/kind`);
        }),
      );
      const adder = (/** @type {string} */ kind) => () => {
        rules.push(text.fresh(kind));
        this.again(`${at}/${word}/${rules.length - 1}/kind`);
      };
      return el(
        "div",
        { className: "rule-group", role: "group", label: word === "all" ? "All of these" : "Any of these" },
        el("div", { className: "inline" }, el("span", {}, "People who fit"), joined, el("span", {}, "of these")),
        el("div", { className: "rule-list" }, ...items),
        rules.length ? null : el("p", { className: "hint" }, word === "all" ? "No condition: everyone fits." : "No condition: no one fits."),
        el("div", { className: "rule-adds" }, this.button("plus", "Add a condition", `${at}/add`, adder("property")), this.button("plus", "Add a group", `${at}/add-group`, adder("group"))),
      );
    }

    /** @param {any} rule @param {string} at @param {string} name @param {(other: any) => void} set @param {() => void} [remove] @returns {any} */
    item(rule, at, name, set, remove) {
      const out = "not" in rule;
      const inner = out ? rule.not : rule;
      const place = out ? `${at}/not` : at;
      const put = (/** @type {any} */ other) => (out ? (rule.not = other) : set(other));
      const box = el("input", { className: "form-check-input", type: "checkbox", checked: out });
      box.dataset.key = `${at}/out`;
      box.addEventListener("change", () => {
        set(out ? inner : { not: rule });
        this.changed(true);
      });
      const nested = "not" in inner;
      const body = nested ? [this.item(inner, place, `${name}, the opposite of`, put)] : this.body(inner, place, at, put);
      return el(
        "div",
        { className: out ? "rule-item out" : "rule-item", role: "group", label: name },
        el("div", { className: "rule-body" }, out ? el("strong", {}, "Not those:") : null, ...body),
        el("div", { className: "rule-tools" }, el("label", { className: "choice" }, box, "Exclude"), remove ? this.button("trash", `Remove ${name.toLowerCase()}`, `${at}/remove`, remove) : null),
      );
    }

    /** @param {any} rule @param {string} at @param {string} key @param {(other: any) => void} set */
    body(rule, at, key, set) {
      const kind = text.kindOf(rule);
      const chosen = select(KINDS, kind, { label: "Kind of condition" });
      chosen.dataset.key = `${key}/kind`;
      chosen.addEventListener("change", () => {
        set(text.fresh(chosen.value));
        this.changed(true);
      });
      return [chosen, ...this.fields(kind, rule, at, set)];
    }

    /** @param {string} kind @param {any} rule @param {string} at @param {(other: any) => void} set @returns {any[]} */
    fields(kind, rule, at, set) {
      switch (kind) {
        case "group":
          return [this.group(rule, at, set, false)];
        case "property":
          return this.condition(rule, at, undefined);
        case "did":
          return [...this.event(rule, "did", at), ...timesFields(this.ui, rule, at), ...periodFields(this.ui, rule, at), this.filters(rule, "did", at)];
        case "didNot":
          return [...this.event(rule, "didNot", at), ...periodFields(this.ui, rule, at), this.filters(rule, "didNot", at)];
        case "first":
        case "last":
          return [...this.event(rule, kind, at), part(el("span", { className: "quiet small" }, "was"), ...periodFields(this.ui, rule, at))];
        case "sum":
        case "average":
          return this.amount(rule, kind, at);
        case "reachable":
          return [this.choice(rule, "reachable", at, "channels", "Channel")];
        case "segment":
          return [this.choice(rule, "segment", at, "segments", "Segment")];
        case "list":
          return [this.choice(rule, "list", at, "lists", "List")];
        case "bucket":
          return [
            part(
              el("span", { className: "quiet small" }, "buckets"),
              countField(this.ui, rule.bucket, "from", `${at}/bucket/from`, "From bucket, 0 to 99"),
              el("span", { className: "quiet small" }, "to"),
              countField(this.ui, rule.bucket, "to", `${at}/bucket/to`, "To bucket, 0 to 99"),
              el("span", { className: "quiet small" }, "of 100"),
            ),
          ];
        default:
          return [];
      }
    }

    /** A choice from what the page knows. @param {any} rule @param {string} member @param {string} at @param {string} name @param {string} label */
    choice(rule, member, at, name, label) {
      const value = text.isNumber(rule[member]) ? rule[member]["#"] : rule[member];
      const field = select(this.options(name), value, { label });
      this.bind(field, `${at}/${member}`, rule, () => (rule[member] = field.value));
      return field;
    }

    /** @param {any} rule @param {string} member @param {string} at @param {string} label @param {string} address @param {(found: any) => void} [chosen] @returns {any[]} */
    named(rule, member, at, label, address, chosen) {
      const field = el("input", { className: "form-control grow", value: rule[member] ?? "", label, placeholder: label.toLowerCase(), spellcheck: false });
      this.bind(field, `${at}/${member}`, rule, () => (rule[member] = field.value));
      return suggest(field, () => `${this.dataset.suggestions}/${address}`, chosen);
    }

    /** @param {any} rule @param {string} member @param {string} at */
    event(rule, member, at) {
      return this.named(rule, member, at, "Event", "events");
    }

    /** A property compared with a value. @param {any} rule @param {string} at @param {(() => string) | undefined} event */
    condition(rule, at, event) {
      const of = event ? `&event=${encodeURIComponent(event())}` : "";
      const names = event ? `event-properties?event=${encodeURIComponent(event())}` : "properties";
      const values = () => (rule.property ? `${this.dataset.suggestions}/values?property=${encodeURIComponent(rule.property)}${of}` : undefined);
      return [
        ...this.named(rule, "property", at, "Property", names, (found) => {
          const type = found.type === "list" ? "text" : found.type;
          if ((rule.value === "" || rule.value === null) && type) {
            const before = typeShown(rule, this.types.get(rule));
            this.types.set(rule, type);
            if (type === "boolean" && /quals$/.test(rule.op)) {
              rule.value = true;
            }
            if (typeShown(rule, type) !== before) {
              // once the focus has moved on, so that it is found again
              setTimeout(() => this.changed(true));
            }
          }
        }),
        part(this.operator(rule, at, "operators"), ...valueFields(this.ui, rule, at, values)),
      ];
    }

    /** @param {any} rule @param {string} at @param {string} name */
    operator(rule, at, name) {
      const field = select(this.options(name), rule.op, { label: "How it compares" });
      field.dataset.key = `${at}/op`;
      this.controls.set(`${at}/op`, { control: field, node: rule });
      field.addEventListener("change", () => {
        rule.op = field.value;
        reshape(rule);
        this.changed(true);
      });
      return field;
    }

    /** @param {any} rule @param {string} kind @param {string} at */
    amount(rule, kind, at) {
      return [
        ...this.named(rule, kind, at, "Property", `event-properties?event=${encodeURIComponent(rule.of ?? "")}`),
        part(el("span", { className: "quiet small" }, "of"), ...this.event(rule, "of", at)),
        part(this.operator(rule, at, "figures"), ...valueFields(this.ui, rule, at, undefined, ["number"])),
        ...periodFields(this.ui, rule, at),
        this.filters(rule, "of", at),
      ];
    }

    /** The filters of an event. @param {any} rule @param {string} member @param {string} at */
    filters(rule, member, at) {
      const where = rule.where ?? [];
      const rows = where.map((/** @type {any} */ filter, /** @type {number} */ i) =>
        el(
          "div",
          { className: "rule-filter", role: "group", label: `Filter ${i + 1}` },
          el("span", { className: "quiet small" }, i === 0 ? "where" : "and"),
          ...this.condition(filter, `${at}/where/${i}`, () => rule[member] ?? ""),
          this.button("trash", `Remove filter ${i + 1}`, `${at}/where/${i}/remove`, () => {
            where.splice(i, 1);
            if (where.length === 0) {
              delete rule.where;
            }
            this.again(`${at}/add-filter`);
          }),
        ),
      );
      const add = this.button("plus", "Add a filter", `${at}/add-filter`, () => {
        rule.where = [...where, text.fresh("property")];
        this.again(`${at}/where/${where.length}/property`);
      });
      return el("div", { className: "rule-filters" }, ...rows, add);
    }
  }

  customElements.define("rule-builder", RuleBuilder);
})();
