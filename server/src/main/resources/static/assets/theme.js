// Sets light or dark before the first paint: as chosen (cookie, set on the page by the server), else
// as the system says.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = root.dataset.bsTheme;
  const follow = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  if (chosen !== "light" && chosen !== "dark") {
    follow();
    dark.addEventListener("change", () => {
      if (!document.cookie.includes("theme=")) {
        follow();
        document.dispatchEvent(new Event("themechange"));
      }
    });
  }
})();
