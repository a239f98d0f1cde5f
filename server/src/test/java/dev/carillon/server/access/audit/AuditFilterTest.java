package dev.carillon.server.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.access.audit.AuditFilter.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests become words of the audit log. */
class AuditFilterTest {

  @ParameterizedTest
  @CsvSource({
    "POST, /campaigns, /campaigns/7, campaign.create, 7",
    "POST, /campaigns, , campaign.create, ''",
    "POST, /campaigns, https://a.example/campaigns/7?new, campaign.create, 7",
    "POST, /campaigns, ::bad::, campaign.create, ''",
    "POST, /campaigns/7, /campaigns/7, campaign.change, 7",
    "PATCH, /campaigns/7, , campaign.change, 7",
    "DELETE, /campaigns/7, , campaign.delete, 7",
    "POST, /campaigns/7/stop, /campaigns/7, campaign.stop, 7",
    "POST, /campaigns/new, /campaigns/8, campaign.new, 8",
    "POST, /connections/3/test, , connection.test, 3",
    "POST, /people/delete, /people, person.delete, ''",
    "POST, /people/import, /people/imports/5f, person.import, ''",
    "POST, /settings/retention, /settings/retention, settings.retention, ''",
  })
  void aChangeIsNamed(
      String method, String path, @Nullable String location, String action, String subject) {
    assertThat(AuditFilter.change(method, path, location)).contains(new Change(action, subject));
  }

  @Test
  void questionsAndWhatIsNotedElsewhereAreLeftOut() {
    assertThat(AuditFilter.change("POST", "/segments/estimate", null)).isEmpty();
    assertThat(AuditFilter.change("POST", "/campaigns/7/preview", null)).isEmpty();
    assertThat(AuditFilter.change("POST", "/settings/keys", null)).isEmpty();
    assertThat(AuditFilter.change("POST", "/settings/users", null)).isEmpty();
    assertThat(AuditFilter.change("POST", "/settings/account", null)).isEmpty();
    assertThat(AuditFilter.change("POST", "/campaigns/bulk", "/campaigns")).isEmpty();
    assertThat(AuditFilter.change("POST", "/", null)).isEmpty();
  }
}
