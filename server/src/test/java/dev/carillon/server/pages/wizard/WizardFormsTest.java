package dev.carillon.server.pages.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Reading;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The steps' forms: what they show is what they save, and each problem has its field. */
class WizardFormsTest {
  private static final String TEMPLATE =
      "{\"name\":\"t\",\"language\":\"en\",\"parameters\":[\"{{ Name }}\"]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'when':{'type':'now'}}",
        "{'when':{'type':'at','at':'2026-12-01T10:00'},'delivery':{'zone':'user','passed':'nextDay'}}",
        "{'when':{'type':'at','at':'2026-12-01T10:00+05:30'}}",
        "{'when':{'type':'dates','at':['2026-12-01T10:00','2026-11-30T09:30']}}",
        "{'when':{'type':'recurring','every':'day','at':'08:15','runs':3}}",
        "{'when':{'type':'recurring','every':'week','on':['MON','FRI'],'at':'08:15','from':'2026-12-01','until':'2027-01-31'}}",
        "{'when':{'type':'recurring','every':'month','on':[1,31],'at':'08:15'}}",
        "{'when':{'type':'now'},'delivery':{'quietHours':'none','cutOff':'20:00','throttle':{'messagesPer5Minutes':10},'graceMinutes':5}}",
        "{'when':{'type':'now'},'delivery':{'quietHours':{'from':'22:00','to':'08:00','then':'discard'}}}",
        "{'who':{'rule':{'everyone':true}},'controlGroup':{'percent':10}}",
        "{'who':{'rule':{'segment':3}}}",
        "{'who':{'rule':{'list':4}},'controlGroup':{'percent':0,'system':false}}",
        "{'who':{'rule':{'all':[{'segment':3},{'not':{'list':4}},{'not':{'segment':5}}]}}}",
        "{'who':{'rule':{'any':[{'property':'City','op':'equals','value':'Pune'},{'did':'Charged'}]}}}",
        "{'who':{'rule':{'everyone':true}},'limits':{'caps':false,'gap':'PT12H','target':{'overall':5,'perRun':3,'perDay':2},'safety':100}}",
        "{'what':{'provider':'1','template':T}}",
        "{'what':{'provider':'1','variants':[{'name':'A','share':60,'template':T},{'name':'B','share':40,'template':T}]}}",
        "{'what':{'provider':'1','variants':[{'name':'x','template':T},{'name':'y','template':T},{'name':'z','template':T}],'test':{'percent':20,'metric':'replies','decideAfter':'PT90M','fallback':'z'}}}",
        "{'what':{'provider':'1','variants':[{'name':'x','template':T},{'name':'y','template':T}],'test':{'messages':500,'metric':'conversions','decideAfter':'P2D','fallback':'y'}}}",
        "{'labels':['a','b'],'goal':{'event':'Charged','within':'PT36H','revenueProperty':'Amount','where':[{'property':'Amount','op':'between','value':[1,2]},{'property':'City','op':'in','value':['x','1']}]}}"
      })
  void whatAStepShowsIsWhatItSaves(String json) {
    CampaignDefinition definition = definition(json);
    for (StepForm form :
        List.of(
            WhenForm.of(definition),
            WhoForm.of(definition),
            WhatForm.of(definition),
            LabelsForm.of(definition, false))) {
      boolean undecided =
          (form instanceof WhenForm && definition.when() == null)
              || (form instanceof WhoForm && definition.who() == null);
      if (!undecided) {
        assertThat(form.empty()).as(form.toString()).isEmpty();
        assertThat(DefinitionReader.change(definition, form.changes(definition)).orThrow())
            .as(form.toString())
            .isEqualTo(definition);
      }
    }
  }

  @Test
  void aGoalThatRowsCannotShowStays() {
    CampaignDefinition definition =
        definition(
            "{'goal':{'event':'Charged','within':'P2D','where':[{'property':'At','op':'after','value':'2026-01-01T10:00'}]}}");
    LabelsForm form = LabelsForm.of(definition, false);

    assertThat(form.goal().kept()).isTrue();
    assertThat(DefinitionReader.change(definition, form.changes(definition)).orThrow())
        .isEqualTo(definition);
  }

  @Test
  void problemsOfATimeAreShownBesideIt() {
    assertThat(problems(WhenForm::of, Map.of("when", "at", "at", "soon"))).containsOnlyKeys("at");
    assertThat(problems(WhenForm::of, Map.of("when", "dates", "date", "2026-12-01T10:00|x")))
        .containsOnlyKeys("date-1");
    Map<String, String> monthly =
        Map.of("when", "recurring", "every", "month", "days", "0", "time", "10:00");
    assertThat(problems(WhenForm::of, monthly)).containsOnlyKeys("days");
    Map<String, String> weekly =
        Map.of("when", "recurring", "every", "week", "end", "runs", "runs", "x");
    assertThat(WhenForm.of(sent(weekly)).empty()).containsOnlyKeys("weekday", "time");
    assertThat(problems(WhenForm::of, Map.of("when", "now", "throttle", "0", "cutOff", "25:00")))
        .containsOnlyKeys("throttle", "cutOff");
    Map<String, String> quiet = Map.of("quiet", "own", "quietFrom", "22:00", "quietTo", "22:00");
    assertThat(problems(WhenForm::of, quiet)).containsOnlyKeys("quiet");
  }

  @Test
  void problemsOfAnAudienceAreShownBesideIt() {
    assertThat(problems(WhoForm::of, Map.of("control", "100"))).containsOnlyKeys("control");
    assertThat(problems(WhoForm::of, Map.of("gap", "0", "perDay", "x", "safety", "0")))
        .containsOnlyKeys("gap", "perDay", "safety");
    assertThat(WhoForm.of(sent(Map.of("who", "segment"))).empty()).containsOnlyKeys("segment");
    Map<String, String> rule =
        Map.of(
            "who", "rule", "rule", "{\"all\":[{\"property\":\"\",\"op\":\"equals\",\"value\":1}]}");
    assertThat(problems(WhoForm::of, rule)).containsOnlyKeys("rule:/all/0/property");
    Map<String, String> without = new HashMap<>(rule);
    without.put("without", "list:4");
    assertThat(problems(WhoForm::of, without)).containsOnlyKeys("rule:/all/0/property");
  }

  @Test
  void problemsOfAVariantAreShownBesideItsOwnFields() {
    Map<String, String> sent = new HashMap<>();
    sent.put("kind", "split");
    sent.put("connection", "1");
    for (String prefix : List.of("", "b-")) {
      sent.put(prefix + "name", "Variant" + prefix);
      sent.put(prefix + "share", "60");
      sent.put(prefix + "template", "t");
      sent.put(prefix + "language", "en");
    }
    assertThat(problems(WhatForm::of, sent)).containsOnlyKeys("share");
    sent.put("b-language", "x".repeat(500));
    assertThat(problems(WhatForm::of, sent)).containsOnlyKeys("b-language");
    sent.put("b-template", "");
    assertThat(WhatForm.of(sent(sent)).empty()).containsOnlyKeys("b-template");
    sent.put("b-template", "t");
    sent.put("b-language", "en");
    sent.put("kind", "test");
    sent.put("testSize", "100");
    sent.put("after", "1");
    sent.put("afterUnit", "minutes");
    assertThat(problems(WhatForm::of, sent)).containsOnlyKeys("testSize", "after");
  }

  @Test
  void problemsOfAGoalAreShownBesideIt() {
    Map<String, String> sent =
        Map.of(
            "title",
            "Sale",
            "hasGoal",
            "yes",
            "event",
            "Charged",
            "within",
            "0",
            "property",
            "a|b",
            "op",
            "equals|between",
            "value",
            "1|2");
    assertThat(problems(LabelsForm::of, sent)).containsOnlyKeys("within", "filter-1");
    assertThat(LabelsForm.of(sent(Map.of("title", " "))).empty()).containsOnlyKeys("title");
    assertThat(problems(LabelsForm::of, Map.of("title", "x", "labels", "y".repeat(100))))
        .containsOnlyKeys("labels");
  }

  /** What is wrong with what was sent, by field. */
  private static Map<String, String> problems(
      Function<Map<String, String[]>, StepForm> step, Map<String, String> fields) {
    StepForm form = step.apply(sent(fields));
    CampaignDefinition before = definition("{}");
    Map<String, String> problems = new LinkedHashMap<>();
    if (DefinitionReader.change(before, form.changes(before))
        instanceof Reading.Refused<CampaignDefinition>(var wrong)) {
      wrong.forEach(one -> problems.put(form.field(one.pointer()), one.words()));
    }
    return problems;
  }

  /** Fields as a browser sends them; several values are separated by bars. */
  private static Map<String, String[]> sent(Map<String, String> fields) {
    Map<String, String[]> sent = new HashMap<>();
    fields.forEach((name, value) -> sent.put(name, value.split("\\|", -1)));
    return sent;
  }

  private static CampaignDefinition definition(String json) {
    String text = json.replace('\'', '"').replace(":T", ":" + TEMPLATE);
    String whole =
        "{\"name\":\"Sale\",\"channel\":\"whatsapp\""
            + (text.equals("{}") ? "}" : "," + text.substring(1));
    JsonNode node = JsonDocument.parse(whole).orThrow();
    return DefinitionReader.read(node).orThrow();
  }
}
