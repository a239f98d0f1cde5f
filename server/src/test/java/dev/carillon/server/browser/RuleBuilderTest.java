package dev.carillon.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.carillon.core.audience.Rule;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.definition.rules.RuleWriter;
import dev.carillon.testkit.audience.RandomAudience;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any rule that is opened in the builder and saved is the same rule, fields touched or not. */
class RuleBuilderTest {
  private static final int RULES = 120;

  /** Has every field write again what it shows, as if somebody had typed the same. */
  private static final String TOUCH_ALL =
      """
      () => {
        const keys = [...document.querySelectorAll('rule-builder [data-key]')]
          .filter(one => ['INPUT', 'TEXTAREA'].includes(one.tagName) && one.type !== 'checkbox');
        keys.forEach(one => one.dispatchEvent(new Event('input', { bubbles: true })));
        return keys.length;
      }""";

  @Test
  void openingAndSavingChangesNothing(@TempDir Path data) throws Exception {
    long seed = ThreadLocalRandom.current().nextLong();
    RandomAudience random =
        new RandomAudience(seed, ZoneId.of("Asia/Kolkata"), Instant.parse("2026-03-02T09:00:00Z"));
    BrowserDriver.walk(
        data,
        (walker, dashboard) -> {
          Page page = walker.page;
          page.navigate("/segments/new");
          random.segments(2);
          int opened = 0;
          for (int i = 0; i < RULES; i++) {
            String json = RuleWriter.write(random.rule()).toString();
            // some rules that can be thought cannot be said, such as at most any number of times
            if (JsonDocument.parse(json).then(RuleReader::read)
                instanceof Reading.Understood<Rule>(Rule before)) {
              String after = opened(page, json);
              assertThat(read(after)).as("seed %d, rule %s", seed, json).isEqualTo(before);
              opened++;
            }
          }
          assertThat(opened).isGreaterThan(RULES / 2);
        });
  }

  /** Puts the rule into the field, has the builder read it, and every field write it again. */
  private static String opened(Page page, String json) {
    page.evaluate(
        """
        json => {
          const builder = document.querySelector('rule-builder');
          builder.querySelector('textarea[name=rule]').value = json;
          builder.open();
        }""",
        json);
    page.evaluate(
        "() => { const b = document.querySelector('rule-builder'); b.changed(true); return 0; }");
    String untouched = page.locator("textarea[name=rule]").inputValue();
    assertThat(read(untouched)).isEqualTo(read(json));
    // a field of one line cannot show a text of two
    if (!json.contains("\\n")) {
      page.evaluate(TOUCH_ALL);
    }
    return page.locator("textarea[name=rule]").inputValue();
  }

  private static Rule read(String json) {
    return JsonDocument.parse(json).then(RuleReader::read).orThrow();
  }
}
