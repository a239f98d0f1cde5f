// @ts-check
// What a page does beyond reading: theme, forms that send themselves, following live numbers. Pages
// are whole without it.

/**
 * Makes `now` look like `next`, keeping elements that are in both: so focus, scroll, open details
 * and charts stay as they are.
 * @param {Element} now
 * @param {Element} next
 */
function morph(now, next) {
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && !kept(now, name)) {
      now.removeAttribute(name);
    }
  }
  for (const { name, value } of [...next.attributes]) {
    if (now.getAttribute(name) !== value && !kept(now, name)) {
      now.setAttribute(name, value);
    }
  }
  if (now.hasAttribute("data-chart")) {
    return;
  }
  if (now instanceof HTMLInputElement || now instanceof HTMLSelectElement) {
    if (now === document.activeElement) {
      return;
    }
  }
  const olds = [...now.childNodes];
  const news = [...next.childNodes];
  news.forEach((wanted, i) => {
    const old = olds[i];
    if (!old) {
      now.append(document.importNode(wanted, true));
    } else if (!same(old, wanted)) {
      old.replaceWith(document.importNode(wanted, true));
    } else if (old instanceof Element && wanted instanceof Element) {
      morph(old, wanted);
    } else if (old.nodeValue !== wanted.nodeValue) {
      old.nodeValue = wanted.nodeValue;
    }
  });
  olds.slice(news.length).forEach((node) => node.remove());
}

/**
 * Attributes that belong to the reader or to a script.
 * @param {Element} element
 * @param {string} name
 */
function kept(element, name) {
  return (
    (name === "open" && element instanceof HTMLDetailsElement) ||
    (element.hasAttribute("data-chart") && (name === "style" || name.startsWith("_echarts")))
  );
}

/**
 * @param {Node} one
 * @param {Node} other
 */
function same(one, other) {
  if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) {
    return false;
  }
  return !(one instanceof Element) || !(other instanceof Element) || one.id === other.id;
}

/** @param {string} html */
function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Replaces the part of the page with that id, politely. @param {string} html */
function show(html) {
  const next = parsed(html);
  for (const part of document.querySelectorAll("[data-live]")) {
    const wanted = next.getElementById(part.id);
    if (wanted) {
      morph(part, wanted);
    }
  }
  document.dispatchEvent(new Event("morphed"));
  announce();
}

let announcedAt = 0;

/** Announces the progress to screen readers, once in fifteen seconds. */
function announce() {
  const place = document.getElementById("announcement");
  const words = document.querySelector("[data-announce]")?.getAttribute("data-announce");
  if (place && words && Date.now() - announcedAt > 15_000) {
    announcedAt = Date.now();
    place.textContent = words;
  }
}

/** Follows a page whose numbers move: by server-sent events, else by asking again. */
function follow() {
  const place = document.querySelector("[data-follow]");
  if (!place) {
    return;
  }
  const address = () => {
    const url = new URL(location.href);
    return (place.getAttribute("data-follow") ?? "") + url.search;
  };
  let failures = 0;
  /** @type {EventSource | undefined} */
  let source;
  const listen = () => {
    source?.close();
    source = new EventSource(address());
    source.onmessage = (event) => {
      failures = 0;
      show(JSON.parse(event.data));
    };
    source.addEventListener("end", (event) => {
      source?.close();
      if (event.data === "signedOut") {
        location.reload();
      }
    });
    source.onerror = () => {
      failures++;
      if (failures > 3) {
        source?.close();
        poll();
      }
    };
  };
  const poll = async () => {
    if (document.visibilityState === "visible") {
      const answer = await fetch(location.href).catch(() => undefined);
      if (answer?.ok && !answer.redirected) {
        show(await answer.text());
      }
    }
    setTimeout(poll, 2_000);
  };
  listen();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      source?.close();
    } else if (failures <= 3) {
      listen();
    }
  });
  document.addEventListener("htmx:pushedIntoHistory", listen);
  addEventListener("pagehide", () => source?.close());
}

function theme() {
  const button = document.getElementById("theme");
  if (!button) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    document.documentElement.dataset.bsTheme = next;
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    document.dispatchEvent(new Event("themechange"));
  });
}

document.addEventListener("change", (event) => {
  const control = event.target;
  if (
    (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) &&
    control.form?.hasAttribute("data-auto")
  ) {
    control.form.requestSubmit();
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  if (button instanceof HTMLButtonElement) {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    const words = button.querySelector("span");
    if (words) {
      words.textContent = "Copied";
    }
  }
});

document.addEventListener("DOMContentLoaded", () => {
  theme();
  follow();
  for (const hint of document.querySelectorAll("[data-without-script]")) {
    hint.remove();
  }
});

// htmx puts new content in with the same morphing: hx-swap="morph".
const library = /** @type {any} */ (globalThis).htmx;
library?.defineExtension("morph", {
  isInlineSwap: (/** @type {string} */ style) => style === "morph",
  handleSwap: (/** @type {string} */ style, /** @type {Element} */ target, /** @type {Node} */ fragment) => {
    if (style !== "morph") {
      return false;
    }
    const next =
      fragment instanceof Element ? fragment : /** @type {DocumentFragment} */ (fragment).firstElementChild;
    if (next) {
      morph(target, next);
      document.dispatchEvent(new Event("morphed"));
    }
    return [target];
  },
});
