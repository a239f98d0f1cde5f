// @ts-check
// What the rule builder does beside showing fields: it has the rule counted while somebody edits it,
// and puts what is wrong beside the fields.
(() => {
  const { el } = /** @type {any} */ (globalThis).ruleParts;

  /** Says which field a problem is about. @param {any} control @param {string} words */
  function named(control, words) {
    const label = control.getAttribute("aria-label") ?? "";
    if (control.value !== "") {
      return label ? `${label}: ${words}` : words;
    }
    return control instanceof HTMLSelectElement ? `Choose a ${label.toLowerCase()}.` : `${label} is still empty.`;
  }

  class CountedRule extends HTMLElement {
    /** @type {HTMLTextAreaElement | undefined} the text that the form sends */
    field;
    /** @type {HTMLElement | undefined} where the count is said */
    status;
    /** @type {any} the fields */
    box;
    /** @type {any} what can be chosen */
    choices;
    /** @type {{pointer: string, words: string}[]} what is wrong */
    found = [];
    /** Whether all problems are shown, also of fields that were not left yet. */
    showAll = false;
    touched = new WeakMap();
    /** @type {Map<string, {control: any, node: any, check?: () => string}>} the fields by pointer */
    controls = new Map();
    /** @type {number | undefined} */
    timer;
    /** @type {AbortController | undefined} */
    asking;

    /** Notes a change of the rule. @param {boolean} _again whether other fields belong to it now */
    changed(_again) {}

    /** Binds a control to a place in the rule. @param {any} control @param {string} pointer @param {any} node @param {() => void} put @param {() => string} [check] */
    bind(control, pointer, node, put, check) {
      control.dataset.key = pointer;
      this.controls.set(pointer, { control, node, check });
      control.addEventListener("input", () => {
        put();
        this.changed(false);
      });
      control.addEventListener("change", () => {
        this.touched.set(node, true);
        this.showProblems();
      });
    }

    /** @param {string} name @returns {[string, string][]} */
    options(name) {
      return [...this.choices.querySelectorAll(`[name=${name}] option`)].map((option) => [/** @type {HTMLOptionElement} */ (option).value, option.textContent ?? ""]);
    }

    /** Has the rule counted, a little later. @param {number} delay */
    count(delay) {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.status?.setAttribute("aria-busy", "true");
      this.say(el("span", { className: "quiet" }, "Counting …"));
      this.timer = setTimeout(() => this.ask(), delay);
    }

    /** Has it counted: first by a sample, where there are many people, then all of them. @param {boolean} [all] */
    async ask(all) {
      const asking = (this.asking = new AbortController());
      const body = new URLSearchParams({ rule: this.field?.value ?? "", quick: all ? "false" : "true" });
      const secret = this.closest("form")?.querySelector('[name="_csrf"]');
      if (secret instanceof HTMLInputElement) {
        body.set("_csrf", secret.value);
      }
      try {
        const answer = await fetch(this.dataset.estimate ?? "", { method: "POST", body, signal: asking.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        const counted = await answer.json();
        this.answered(counted);
        if (!counted.exact) {
          this.status?.setAttribute("aria-busy", "true");
          await this.ask(true);
        }
      } catch {
        if (!asking.signal.aborted) {
          this.say(el("span", { className: "quiet" }, "It cannot be counted now. The rule can be saved all the same."));
        }
      }
    }

    /** @param {any} counted */
    answered(counted) {
      this.found = counted.problems;
      const said = this.querySelector(".rule-said");
      if (said && counted.words) {
        said.textContent = counted.words;
      }
      this.showProblems();
      if (counted.total === undefined || counted.total === null) {
        const one = this.found.length === 1;
        this.say(el("span", { className: "quiet" }, `Not counted yet: ${one ? "one field needs" : `${this.found.length} fields need`} to be filled or fixed.`));
        return;
      }
      const number = (/** @type {number} */ n) => n.toLocaleString("en");
      const channels = this.options("channels").filter(([key]) => key in counted.reachable);
      this.say(
        el("span", {}, counted.exact ? "" : "about ", el("b", {}, number(counted.total)), counted.total === 1 ? " person fits" : " people fit"),
        el("span", { className: "quiet small" }, `reachable: ${channels.map(([key, name]) => `${name} ${number(counted.reachable[key])}`).join(", ")}${counted.exact ? "" : ". From a sample; counting all …"}`),
      );
    }

    /** @param {...Node} words */
    say(...words) {
      this.status?.replaceChildren(...words);
      if (!words.some((word) => word.textContent === "Counting …")) {
        this.status?.removeAttribute("aria-busy");
      }
    }

    /** Puts each problem beside its field: those of fields that were left, or all once it was sent. */
    showProblems() {
      this.box?.querySelectorAll(".problem").forEach((problem) => problem.remove());
      for (const { control } of this.controls.values()) {
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-describedby");
      }
      let left = this.found;
      for (const [pointer, { control, node, check }] of this.controls) {
        const own = left.filter((problem) => problem.pointer === pointer);
        left = left.filter((problem) => problem.pointer !== pointer);
        const words = check?.() || (own[0] && named(control, own[0].words));
        if (words && (this.showAll || this.touched.get(node))) {
          this.beside(control, `${this.field?.id}${pointer.replaceAll("/", "-")}-problem`, String(words));
        }
      }
      for (const problem of left) {
        const near = [...this.controls.entries()].find(([pointer]) => pointer.startsWith(problem.pointer) || problem.pointer.startsWith(pointer));
        if (near && (this.showAll || this.touched.get(near[1].node))) {
          this.beside(near[1].control, `${this.field?.id}-problem`, named(near[1].control, problem.words));
        }
      }
    }

    /** @param {any} control @param {string} id @param {string} words */
    beside(control, id, words) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", id);
      const problem = el("p", { className: "problem", id });
      problem.innerHTML = '<svg class="icon" aria-hidden="true"><use></use></svg>';
      problem.querySelector("use").setAttribute("href", this.dataset.alert ?? "");
      problem.append(el("span", {}, words));
      (control.closest(".rule-filter, .rule-body") ?? this.box)?.append(problem);
    }
  }

  Object.assign(/** @type {any} */ (globalThis).ruleParts, { CountedRule });
})();
