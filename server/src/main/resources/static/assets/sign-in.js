// @ts-check
// Sends the form once and shows that it is under way: under attack a sign-in may wait for its turn.
(() => {
  const button = document.querySelector("form button");
  if (!(button instanceof HTMLButtonElement)) {
    return;
  }
  const words = button.textContent;
  button.form?.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = "Signing in…";
  });
  addEventListener("pageshow", () => {
    button.disabled = false;
    button.textContent = words;
  });
})();
