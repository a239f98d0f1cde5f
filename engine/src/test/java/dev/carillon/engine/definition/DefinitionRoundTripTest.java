package dev.carillon.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.core.audience.Value;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.definition.rules.RuleWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from sound JSON, and that writing and reading are each other's reverse. */
class DefinitionRoundTripTest {
  private static final String WHOLE =
      """
      {"name":"Diwali sale","channel":"whatsapp","labels":["festive"],
       "when":{"type":"now"},
       "who":{"rule":{"all":[{"property":"city","op":"equals","value":"Pune"},
          {"did":"Charged","atLeast":1,"within":"P30D",
           "where":[{"property":"Amount","op":"greaterThan","value":100}]}]}},
       "controlGroup":{"percent":10},
       "what":{"provider":"7","template":{"name":"diwali","language":"en",
          "header":{"type":"image","value":"https://example.org/{{ city }}.png"},
          "parameters":["{{ name | default: 'friend' }}"],
          "buttons":[{"index":0,"type":"url","value":"{{ code }}"}]}},
       "goal":{"event":"Charged","within":"P2D","revenueProperty":"Amount",
          "where":[{"property":"Items","op":"in","value":["a",2,true,"2026-12-01"]}]}}
      """;

  private static CampaignDefinition read(String json) {
    return JsonDocument.parse(json).then(DefinitionReader::read).orThrow();
  }

  private static Rule rule(String json) {
    return JsonDocument.parse(json).then(RuleReader::read).orThrow();
  }

  @Test
  void readsTheWholeOfADefinition() {
    assertThat(read(WHOLE))
        .isEqualTo(
            new CampaignDefinition(
                "Diwali sale",
                Channel.WHATSAPP,
                List.of("festive"),
                new When.Now(),
                new Rule.All(
                    List.of(
                        new Rule.OfProperty(
                            new PropertyCondition("city", Operator.EQUALS, new Value.Text("Pune"))),
                        new Rule.Did(
                            "Charged",
                            Times.atLeast(1),
                            new Period.Within(Duration.ofDays(30)),
                            List.of(
                                new PropertyCondition(
                                    "Amount",
                                    Operator.GREATER_THAN,
                                    new Value.Numeric(new BigDecimal("1E+2"))))))),
                new ControlGroup(10),
                new What.Single(
                    new WhatsAppTemplate(
                        7,
                        "diwali",
                        "en",
                        new WhatsAppTemplate.Header("image", "https://example.org/{{ city }}.png"),
                        List.of(
                            new WhatsAppTemplate.Parameter(null, "{{ name | default: 'friend' }}")),
                        List.of(new WhatsAppTemplate.Button(0, "url", "{{ code }}")))),
                new Goal(
                    "Charged",
                    List.of(
                        new PropertyCondition(
                            "Items",
                            Operator.IN,
                            new Value.Many(
                                List.of(
                                    new Value.Text("a"),
                                    new Value.Numeric(new BigDecimal(2)),
                                    new Value.Truth(true),
                                    new Value.Day(LocalDate.of(2026, 12, 1)))))),
                    Duration.ofDays(2),
                    "Amount"),
                Delivery.DEFAULT,
                Limits.NONE));
  }

  @Test
  void writesWhatItReads() {
    CampaignDefinition definition = read(WHOLE);
    String written = DefinitionWriter.write(definition).toString();
    assertThat(read(written)).isEqualTo(definition);
    assertThat(DefinitionWriter.write(read(written))).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'dates','at':['2026-12-03T10:00','2026-12-01T10:00+05:30']}",
        "{'type':'recurring','every':'day','at':'10:00'}",
        "{'type':'recurring','every':'week','on':['MON','SUN'],'at':'00:00','runs':12}",
        "{'type':'recurring','every':'month','on':[7,31],'at':'23:59','from':'2026-12-01','until':'2027-01-31'}"
      })
  void everyWhenIsWrittenAsItIsRead(String when) {
    String json = "{\"name\":\"x\",\"channel\":\"sms\",\"when\":" + quoted(when) + "}";
    assertThat(DefinitionWriter.write(read(json)).get("when")).hasToString(quoted(when));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'zone':'user','passed':'nextDay','quietHours':'none','cutOff':'20:00','graceMinutes':0}",
        "{'zone':'account','passed':'drop','quietHours':{'from':'22:00','to':'08:00','then':'delay'},'throttle':{'messagesPer5Minutes':1000},'graceMinutes':60}"
      })
  void everyDeliveryIsWrittenAsItIsRead(String delivery) {
    String json = "{\"name\":\"x\",\"channel\":\"sms\",\"delivery\":" + quoted(delivery) + "}";
    assertThat(DefinitionWriter.write(read(json)).get("delivery")).hasToString(quoted(delivery));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'provider':'7','variants':[{'name':'Short','share':30,'template':{'name':'a','language':'en','parameters':[]}},{'name':'Long','share':70,'template':{'name':'b','language':'en','parameters':['x']}}]}",
        "{'provider':'7','variants':[{'name':'A','template':{'name':'a','language':'en','parameters':[]}},{'name':'B','template':{'name':'b','language':'en','parameters':[]}},{'name':'C','template':{'name':'c','language':'en','parameters':[]}}],'test':{'percent':20,'metric':'views','decideAfter':'PT4H','fallback':'B'}}",
        "{'provider':'7','variants':[{'name':'A','template':{'name':'a','language':'en','parameters':[]}},{'name':'B','template':{'name':'b','language':'en','parameters':[]}}],'test':{'messages':5000,'metric':'conversions','decideAfter':'P2D','fallback':'A'}}"
      })
  void variantsAreWrittenAsTheyAreRead(String what) {
    String json = "{\"name\":\"x\",\"channel\":\"whatsapp\",\"what\":" + quoted(what) + "}";
    assertThat(DefinitionWriter.write(read(json)).get("what")).hasToString(quoted(what));
  }

  @Test
  void deliveryAsUsualIsLeftOut() {
    CampaignDefinition usual = read("{\"name\":\"x\",\"channel\":\"sms\",\"delivery\":{}}");
    assertThat(usual.delivery()).isEqualTo(Delivery.DEFAULT);
    assertThat(DefinitionWriter.write(usual).has("delivery")).isFalse();
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  @Test
  void aDraftMayLackEverythingButNameAndChannel() {
    CampaignDefinition draft = read("{\"name\":\"x\",\"channel\":\"sms\",\"what\":null}");
    assertThat(draft.missing()).containsExactly("when", "who", "what");
    assertThat(DefinitionWriter.write(draft))
        .hasToString("{\"name\":\"x\",\"channel\":\"sms\",\"labels\":[]}");
  }

  @Test
  void numbersNameConnectionsToo() {
    CampaignDefinition definition =
        read(
            """
            {"name":"x","channel":"whatsapp","what":{"provider":12,
             "template":{"name":"t","language":"en_US",
              "header":{"type":"text","name":"place","value":"{{ city }}"},
              "parameters":[{"name":"first","text":"a"},{"name":"second","text":""}]}}}
            """);
    assertThat(definition.what())
        .isEqualTo(
            new What.Single(
                new WhatsAppTemplate(
                    12,
                    "t",
                    "en_US",
                    new WhatsAppTemplate.Header("text", "place", "{{ city }}"),
                    List.of(
                        new WhatsAppTemplate.Parameter("first", "a"),
                        new WhatsAppTemplate.Parameter("second", "")),
                    List.of())));
    assertThat(read(DefinitionWriter.write(definition).toString())).isEqualTo(definition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"now\"}",
        "{\"type\":\"at\",\"at\":\"2026-12-01T10:00\"}",
        "{\"type\":\"at\",\"at\":\"2026-12-01T10:00:30Z\"}",
        "{\"type\":\"at\",\"at\":\"2026-12-01T10:00-03:30\"}"
      })
  void writesWhenAsItWasGiven(String when) {
    CampaignDefinition definition =
        read("{\"name\":\"x\",\"channel\":\"push\",\"when\":" + when + "}");
    assertThat(DefinitionWriter.write(definition).get("when")).hasToString(when);
  }

  @Test
  void aLocalTimeIsOfTheAccountsZone() {
    assertThat(
            read("{\"name\":\"x\",\"channel\":\"push\","
                    + "\"when\":{\"type\":\"at\",\"at\":\"2026-12-01T10:00\"}}")
                .when())
        .isEqualTo(new When.At(LocalDateTime.of(2026, 12, 1, 10, 0), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"everyone\":true}",
        "{\"all\":[]}",
        "{\"any\":[{\"everyone\":true},{\"not\":{\"everyone\":true}}]}",
        "{\"property\":\"a.\\\"b\\\"/~$'\",\"op\":\"notEquals\",\"value\":\"2026-02-30\"}",
        "{\"property\":\"a\",\"op\":\"exists\"}",
        "{\"property\":\"a\",\"op\":\"notExists\"}",
        "{\"property\":\"a\",\"op\":\"equals\",\"value\":false}",
        "{\"property\":\"a\",\"op\":\"equals\",\"value\":\"\"}",
        "{\"property\":\"a\",\"op\":\"contains\",\"value\":\"2026-12-01\"}",
        "{\"property\":\"a\",\"op\":\"notContains\",\"value\":\"x\"}",
        "{\"property\":\"a\",\"op\":\"startsWith\",\"value\":\"%_\"}",
        "{\"property\":\"a\",\"op\":\"notIn\",\"value\":[\"x\",1.5,-3,true]}",
        "{\"property\":\"a\",\"op\":\"greaterOrEqual\",\"value\":0.1}",
        "{\"property\":\"a\",\"op\":\"lessThan\",\"value\":\"2026-12-01T10:00:00.000001+05:30\"}",
        "{\"property\":\"a\",\"op\":\"lessOrEqual\",\"value\":\"2026-12-01\"}",
        "{\"property\":\"a\",\"op\":\"between\",\"value\":[1,1]}",
        "{\"property\":\"a\",\"op\":\"between\",\"value\":[\"2026-12-01\",\"2026-12-01T10:00Z\"]}",
        "{\"property\":\"a\",\"op\":\"before\",\"value\":\"$D_-30610224001\"}",
        "{\"property\":\"a\",\"op\":\"after\",\"value\":\"2026-12-01T10:00\"}",
        "{\"did\":\"A\",\"atLeast\":1}",
        "{\"did\":\"A\",\"atMost\":3}",
        "{\"did\":\"A\",\"atMost\":3,\"includeNever\":true}",
        "{\"did\":\"A\",\"atLeast\":2,\"atMost\":3}",
        "{\"did\":\"A\",\"exactly\":0}",
        "{\"did\":\"A\",\"exactly\":4,\"within\":\"PT36H\"}",
        "{\"did\":\"A\",\"atMost\":0,\"from\":\"2026-01-01\"}",
        "{\"didNot\":\"A\",\"to\":\"2026-01-01\"}",
        "{\"didNot\":\"A\",\"from\":\"2026-01-01\",\"to\":\"2026-01-01\","
            + "\"where\":[{\"property\":\"x\",\"op\":\"exists\"}]}",
        "{\"first\":\"A\"}",
        "{\"first\":\"A\",\"within\":\"P30D\"}",
        "{\"last\":\"A\",\"from\":\"2026-01-01\",\"to\":\"2026-01-31\"}",
        "{\"sum\":\"a.b\",\"of\":\"A\",\"op\":\"greaterThan\",\"value\":100}",
        "{\"sum\":\"a\",\"of\":\"A\",\"op\":\"between\",\"value\":[-0.25,1000000000000000000],"
            + "\"within\":\"P30D\",\"where\":[{\"property\":\"x\",\"op\":\"exists\"}]}",
        "{\"average\":\"a\",\"of\":\"A\",\"op\":\"equals\",\"value\":0,\"to\":\"2026-01-01\"}",
        "{\"average\":\"a\",\"of\":\"A\",\"op\":\"notEquals\",\"value\":1.5}",
        "{\"average\":\"a\",\"of\":\"A\",\"op\":\"greaterOrEqual\",\"value\":1}",
        "{\"average\":\"a\",\"of\":\"A\",\"op\":\"lessThan\",\"value\":1}",
        "{\"average\":\"a\",\"of\":\"A\",\"op\":\"lessOrEqual\",\"value\":1}",
        "{\"reachable\":\"push\"}",
        "{\"not\":{\"reachable\":\"facebook\"}}",
        "{\"bucket\":{\"from\":0,\"to\":9}}",
        "{\"bucket\":{\"from\":99,\"to\":99}}"
      })
  void writesRulesAsTheyWereGiven(String json) {
    assertThat(RuleWriter.write(rule(json))).hasToString(json);
  }

  @Test
  void didAloneMeansAtLeastOnce() {
    assertThat(rule("{\"did\":\"A\"}"))
        .isEqualTo(new Rule.Did("A", Times.atLeast(1), new Period.Ever(), List.of()));
  }

  @Test
  void weeksAreSevenDays() {
    assertThat(rule("{\"didNot\":\"A\",\"within\":\"P2W\"}"))
        .isEqualTo(new Rule.DidNot("A", new Period.Within(Duration.ofDays(14)), List.of()));
  }

  @Test
  void aDateIsReadFromEachOfItsForms() {
    assertThat(rule("{\"property\":\"a\",\"op\":\"equals\",\"value\":\"$D_1468308340\"}"))
        .isEqualTo(
            new Rule.OfProperty(
                new PropertyCondition(
                    "a",
                    Operator.EQUALS,
                    new Value.Moment(LocalDateTime.of(2016, 7, 12, 7, 25, 40), ZoneOffset.UTC))));
  }

  @Test
  void changesReplaceTheMembersGivenAndNullClears() {
    CampaignDefinition before = read(WHOLE);
    CampaignDefinition after =
        JsonDocument.parse(
                "{\"name\":\"New\",\"goal\":null,\"labels\":null,\"controlGroup\":null,"
                    + "\"when\":{\"type\":\"at\",\"at\":\"2026-12-01T10:00\"}}")
            .then(json -> DefinitionReader.change(before, json))
            .orThrow();
    assertThat(after)
        .isEqualTo(
            new CampaignDefinition(
                "New",
                before.channel(),
                List.of(),
                new When.At(LocalDateTime.of(2026, 12, 1, 10, 0), null),
                before.who(),
                ControlGroup.NONE,
                before.what(),
                null,
                Delivery.DEFAULT,
                Limits.NONE));
  }

  @Test
  void noChangeChangesNothing() {
    CampaignDefinition before = read(WHOLE);
    assertThat(
            JsonDocument.parse("{}").then(json -> DefinitionReader.change(before, json)).orThrow())
        .isEqualTo(before);
  }
}
