// @ts-check
// Offers beside each text of a message the properties that are known of people, and writes the
// chosen one where the cursor is. Without it the page lists them to be typed.

(() => {
  const list = document.getElementById("properties");
  if (!list) {
    return;
  }
  const known = [...list.querySelectorAll("[data-property]")].map((entry) => ({
    name: entry.getAttribute("data-property") ?? "",
    text: entry.textContent ?? "",
  }));
  list.hidden = true;

  /** Texts that somebody has been in, so that they have a cursor. @type {WeakSet<Element>} */
  const visited = new WeakSet();
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLTextAreaElement) {
      visited.add(event.target);
    }
  });

  /** @param {HTMLTextAreaElement} area @param {string} text */
  function insert(area, text) {
    const [from, to] = visited.has(area) ? [area.selectionStart, area.selectionEnd] : [area.value.length, area.value.length];
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  /** What is seen when the offer is opened: a field to narrow the names by, and the names. @param {HTMLTextAreaElement} area @param {HTMLDetailsElement} offer */
  function fill(area, offer) {
    const search = document.createElement("input");
    search.type = "search";
    search.className = "form-control";
    search.placeholder = "Find a property";
    search.setAttribute("aria-label", "Find a property");
    const names = document.createElement("div");
    names.className = "label-choices";
    const choices = known.map(({ name, text }) => {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.className = "label-choice";
      choice.textContent = name;
      choice.addEventListener("click", () => {
        offer.open = false;
        insert(area, text);
      });
      return choice;
    });
    const nothing = document.createElement("p");
    nothing.className = "hint";
    nothing.setAttribute("role", "status");
    names.append(...choices);
    const narrow = () => {
      const wanted = search.value.trim().toLowerCase();
      for (const choice of choices) {
        choice.hidden = !(choice.textContent ?? "").toLowerCase().includes(wanted);
      }
      nothing.textContent = choices.every((choice) => choice.hidden) ? "There is no such property." : "";
    };
    search.addEventListener("input", narrow);
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        choices.find((choice) => !choice.hidden)?.click();
      }
    });
    offer.append(search, names, nothing);
    for (const happening of ["input", "change", "search"]) {
      // what is typed here is nothing of the message, so its preview need not follow
      offer.addEventListener(happening, (event) => event.stopPropagation());
    }
  }

  /** @param {HTMLTextAreaElement} area */
  function offer(area) {
    if (area.nextElementSibling?.matches("details.insert")) {
      return;
    }
    const details = document.createElement("details");
    details.className = "insert";
    const summary = document.createElement("summary");
    summary.textContent = "Insert a property";
    const into = document.createElement("span");
    into.className = "hidden-label";
    into.textContent = ` into ${area.labels[0]?.textContent ?? "the text"}`;
    summary.append(into);
    details.append(summary);
    summary.addEventListener("click", (event) => {
      // at once, so that typing goes on in the field
      event.preventDefault();
      details.open = !details.open;
      if (details.open && details.childElementCount === 1) {
        fill(area, details);
      }
      if (details.open) {
        details.querySelector("input")?.select();
      }
    });
    details.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && details.open) {
        event.preventDefault();
        details.open = false;
        summary.focus();
      }
    });
    area.after(details);
  }

  function all() {
    document.querySelectorAll("textarea[data-takes-properties]").forEach((area) => offer(/** @type {HTMLTextAreaElement} */ (area)));
  }
  if (known.length > 0) {
    all();
    document.addEventListener("htmx:afterSettle", all);
  }
})();
