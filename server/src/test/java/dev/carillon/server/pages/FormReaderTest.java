package dev.carillon.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.core.audience.Value;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Rhythm;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The form and the definition say the same, and each problem stands beside its field. */
class FormReaderTest {

  @Test
  void readsWhatWasTyped() {
    CampaignDefinition read = understood(sent());
    assertThat(read.name()).isEqualTo("Diwali");
    assertThat(read.labels()).containsExactly("festive", "reminder");
    assertThat(read.when()).isEqualTo(new When.Now());
    assertThat(read.controlGroup().percent()).isEqualTo(10);
    assertThat(read.goal()).isEqualTo(new Goal("Charged", List.of(), Duration.ofDays(2), "Amount"));
    assertThat(read.what())
        .isEqualTo(
            new What.WhatsAppTemplate(
                1,
                "diwali",
                "en",
                null,
                List.of(new What.Parameter(null, "{{ Name }}"), new What.Parameter(null, "20 %")),
                List.of()));
    assertThat(read.who())
        .isEqualTo(
            new Rule.All(
                List.of(
                    new Rule.OfProperty(
                        new PropertyCondition(
                            "city", PropertyCondition.Operator.EQUALS, new Value.Text("Pune"))),
                    new Rule.Did(
                        "Charged",
                        Times.atLeast(2),
                        new Period.Within(Duration.ofDays(30)),
                        List.of()))));
  }

  @Test
  void whatAFormShowsReadsAsTheSame() {
    CampaignDefinition before = understood(sent());
    CampaignForm shown = CampaignForm.of(campaign(before));
    assertThat(FormReader.read(shown, before).definition()).isEqualTo(before);
  }

  @Test
  void everyProblemStandsBesideItsField() {
    Map<String, String[]> sent = sent();
    put(sent, "title", "");
    put(sent, "control", "250");
    put(sent, "within", "soon");
    put(sent, "rule", "{\"all\":[{\"property\":\"\",\"op\":\"exists\"},{\"did\":\"x\"}]}");
    Map<String, String> problems = FormReader.read(CampaignForm.of(sent), null).problems();
    assertThat(problems).containsOnlyKeys("title", "control", "within", "rule:/all/0/property");
  }

  @Test
  void aRuleThatIsNoJsonIsToldBesideIt() {
    Map<String, String[]> sent = sent();
    put(sent, "rule", "{\"all\":");
    assertThat(FormReader.read(CampaignForm.of(sent), null).problems()).containsOnlyKeys("rule:");
  }

  /** What the form cannot show is neither lost nor changed by it. */
  @Test
  void aPlanOfSeveralRunsStaysWhatItWas() {
    CampaignDefinition plain = understood(sent());
    CampaignDefinition daily =
        new CampaignDefinition(
            plain.name(),
            plain.channel(),
            plain.labels(),
            new When.Recurring(new Rhythm.Daily(), LocalTime.of(10, 0), null, null, 5),
            plain.who(),
            plain.controlGroup(),
            plain.what(),
            plain.goal(),
            new Delivery(
                Delivery.Clock.USER,
                Delivery.Passed.NEXT_DAY,
                new Delivery.Quiet.None(),
                null,
                null,
                Duration.ofMinutes(5)),
            plain.limits());
    CampaignForm shown = CampaignForm.of(campaign(daily));
    assertThat(shown.when()).isEqualTo(CampaignForm.KEPT);
    assertThat(FormReader.read(shown, daily).definition()).isEqualTo(daily);
  }

  @Test
  void aPickedTemplateHasAFieldForEachPlace() {
    Map<String, String[]> sent = picked();
    assertThat(understood(sent).what())
        .isEqualTo(
            new What.WhatsAppTemplate(
                1,
                "city_night",
                "en_GB",
                new What.Header("text", "city", "{{ City }}"),
                List.of(new What.Parameter("first_name", "{{ Name }}\nor so")),
                List.of(new What.Button(1, "url", "{{ code }}"))));

    put(sent, "text", "", "{{ Name }}", "");
    assertThat(understood(sent).what())
        .as("a draft may be incomplete")
        .isInstanceOfSatisfying(
            What.WhatsAppTemplate.class,
            what -> assertThat(what.header()).isEqualTo(new What.Header("text", "city", "")));
  }

  @Test
  void whatIsWrongWithAPlaceStandsBesideItsField() {
    Map<String, String[]> sent = picked();
    put(sent, "text", "x".repeat(5_000), "y".repeat(5_000), "z".repeat(5_000));
    assertThat(FormReader.read(CampaignForm.of(sent), null).problems())
        .containsOnlyKeys("place:HEADER:0", "place:BODY:0", "place:BUTTON:0");

    Map<String, String[]> typed = sent();
    put(typed, "parameters", "fine\n" + "y".repeat(5_000));
    assertThat(FormReader.read(CampaignForm.of(typed), null).problems())
        .containsOnlyKeys("parameters")
        .hasEntrySatisfying("parameters", words -> assertThat(words).startsWith("Text 2: "));
  }

  @Test
  void aDraftNeedsNoTemplate() {
    Map<String, String[]> sent = sent();
    put(sent, "template", "");
    put(sent, "parameters", "");
    assertThat(understood(sent).what()).isNull();
    sent.remove("template");
    sent.remove("parameters");
    put(sent, "choice", "");
    assertThat(understood(sent).what()).isNull();
  }

  @Test
  void headerAndButtonsOfATypedTemplateStay() {
    CampaignDefinition before = understood(picked());
    CampaignForm shown = CampaignForm.of(campaign(before));
    assertThat(shown.template().picked()).isFalse();
    assertThat(FormReader.read(shown, before).definition()).isEqualTo(before);

    Map<String, String[]> sent = sent();
    put(sent, "parameters", "{{ Name }}");
    CampaignForm typed = CampaignForm.of(sent);
    assertThat(FormReader.read(typed, before).definition())
        .isNotNull()
        .extracting(CampaignDefinition::what)
        .isInstanceOfSatisfying(
            What.WhatsAppTemplate.class,
            what ->
                assertThat(what.header()).isEqualTo(new What.Header("text", "city", "{{ City }}")));
  }

  private static Map<String, String[]> picked() {
    Map<String, String[]> sent = sent();
    sent.remove("template");
    sent.remove("language");
    sent.remove("parameters");
    put(sent, "choice", "city_night/en_GB");
    put(sent, "place", "HEADER:text:city", "BODY::first_name", "BUTTON:url:1");
    put(sent, "text", "{{ City }}", "{{ Name }}\r\nor so", "{{ code }}");
    return sent;
  }

  private static CampaignDefinition understood(Map<String, String[]> sent) {
    FormReader.Read read = FormReader.read(CampaignForm.of(sent), null);
    assertThat(read.problems()).isEmpty();
    CampaignDefinition definition = read.definition();
    if (definition == null) {
      throw new AssertionError("not understood");
    }
    return definition;
  }

  private static Campaign campaign(CampaignDefinition definition) {
    return new Campaign(
        1, 1, definition, CampaignStatus.DRAFT, null, Instant.EPOCH, "asha", null, null);
  }

  private static Map<String, String[]> sent() {
    Map<String, String[]> sent = new HashMap<>();
    put(sent, "title", "Diwali");
    put(sent, "labels", "festive, reminder,");
    put(sent, "when", "now");
    put(
        sent,
        "rule",
        "{\"all\":[{\"property\":\"city\",\"op\":\"equals\",\"value\":\"Pune\"},"
            + "{\"did\":\"Charged\",\"atLeast\":2,\"within\":\"P30D\"}]}");
    put(sent, "control", "10");
    put(sent, "connection", "1");
    put(sent, "template", "diwali");
    put(sent, "language", "en");
    put(sent, "parameters", "{{ Name }}\r\n20 %");
    put(sent, "hasGoal", "yes");
    put(sent, "event", "Charged");
    put(sent, "within", "2");
    put(sent, "unit", "days");
    put(sent, "revenue", "Amount");
    return sent;
  }

  private static void put(Map<String, String[]> sent, String name, String... values) {
    sent.put(name, values);
  }
}
