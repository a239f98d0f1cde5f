package dev.carillon.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Problem;
import dev.carillon.engine.definition.json.Problems;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.rules.RuleReader;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of bad input is refused with the place, the code and words; nothing throws. */
class BadDefinitionsTest {
  private static final String VARIANT_A =
      "{\"name\":\"A\",\"share\":50,\"template\":{\"name\":\"t\",\"language\":\"en\"}}";

  private static List<String> problems(Reading<?> reading) {
    return switch (reading) {
      case Reading.Understood<?> understood -> List.of();
      case Reading.Refused<?>(List<Problem> problems) -> {
        assertThat(problems).allSatisfy(problem -> assertThat(problem.words()).isNotBlank());
        yield problems.stream()
            .map(problem -> problem.pointer() + " " + problem.code().key())
            .toList();
      }
    };
  }

  private static List<String> ofDefinition(String json) {
    return problems(JsonDocument.parse(json).then(DefinitionReader::read));
  }

  private static List<String> ofRule(String json) {
    return problems(JsonDocument.parse(json).then(RuleReader::read));
  }

  /** Members of a definition and the problems that each makes. */
  static Stream<Arguments> members() {
    return Stream.of(
        Arguments.of("\"nam\":1", "/nam unknownMember"),
        Arguments.of("\"a/b~c\":1", "/a~1b~0c unknownMember"),
        Arguments.of("\"labels\":\"x\"", "/labels wrongType"),
        Arguments.of(
            "\"labels\":[1,\"\",\"" + "x".repeat(61) + "\"]",
            "/labels/0 wrongType, /labels/1 empty, /labels/2 tooLong"),
        Arguments.of("\"labels\":[" + "\"x\",".repeat(20) + "\"x\"]", "/labels tooMany"),
        Arguments.of("\"when\":7", "/when wrongType"),
        Arguments.of("\"when\":{}", "/when/type required"),
        Arguments.of("\"when\":{\"type\":\"soon\"}", "/when/type unknownValue"),
        Arguments.of("\"when\":{\"type\":\"now\",\"at\":1}", "/when/at unknownMember"),
        Arguments.of("\"when\":{\"type\":\"at\"}", "/when/at required"),
        Arguments.of("\"when\":{\"type\":\"at\",\"at\":\"2026-12-01\"}", "/when/at badFormat"),
        Arguments.of(
            "\"when\":{\"type\":\"at\",\"at\":\"2026-02-30T10:00\"}", "/when/at badFormat"),
        Arguments.of(
            "\"when\":{\"type\":\"at\",\"at\":\"2026-12-01T10:00+25:00\"}", "/when/at badFormat"),
        Arguments.of("\"when\":{\"type\":\"dates\",\"at\":[]}", "/when/at empty"),
        Arguments.of(
            "\"when\":{\"type\":\"dates\",\"at\":[\"2026-12-01T10:00\",7,\"2026-12-01T10:00\"]}",
            "/when/at/1 wrongType, /when/at/2 contradiction"),
        Arguments.of(
            "\"when\":{\"type\":\"recurring\"}", "/when/every required, /when/at required"),
        Arguments.of(recurring("\"every\":\"year\""), "/when/every unknownValue"),
        Arguments.of(recurring("\"every\":\"week\""), "/when/on required"),
        Arguments.of(
            recurring("\"every\":\"week\",\"on\":[\"MON\",\"monday\"]"), "/when/on/1 unknownValue"),
        Arguments.of(
            recurring("\"every\":\"month\",\"on\":[0,32]"),
            "/when/on/0 outOfRange, /when/on/1 outOfRange"),
        Arguments.of(recurring("\"every\":\"day\",\"on\":[1]"), "/when/on contradiction"),
        Arguments.of(
            recurring("\"every\":\"day\",\"until\":\"2026-12-01\",\"runs\":2"),
            "/when/runs contradiction"),
        Arguments.of(
            recurring("\"every\":\"day\",\"from\":\"2026-12-02\",\"until\":\"2026-12-01\""),
            "/when/until contradiction"),
        Arguments.of(recurring("\"every\":\"day\",\"runs\":0"), "/when/runs outOfRange"),
        Arguments.of("\"delivery\":1", "/delivery wrongType"),
        Arguments.of(
            "\"delivery\":{\"zone\":\"mine\",\"passed\":1,\"cutOff\":\"24:00\",\"graceMinutes\":-1}",
            "/delivery/zone unknownValue, /delivery/passed wrongType, /delivery/cutOff badFormat,"
                + " /delivery/graceMinutes outOfRange"),
        Arguments.of("\"delivery\":{\"quietHours\":\"mine\"}", "/delivery/quietHours unknownValue"),
        Arguments.of(
            "\"delivery\":{\"quietHours\":{\"from\":\"8:00\",\"to\":\"09:00\"}}",
            "/delivery/quietHours/from badFormat, /delivery/quietHours/then required"),
        Arguments.of(
            "\"delivery\":{\"quietHours\":{\"from\":\"08:00\",\"to\":\"08:00\",\"then\":\"delay\"}}",
            "/delivery/quietHours/to contradiction"),
        Arguments.of(
            "\"delivery\":{\"throttle\":{\"messagesPer5Minutes\":0}}",
            "/delivery/throttle/messagesPer5Minutes outOfRange"),
        Arguments.of("\"who\":{}", "/who/rule required"),
        Arguments.of("\"who\":{\"segment\":3}", "/who/segment unknownMember, /who/rule required"),
        Arguments.of("\"who\":{\"list\":3}", "/who/list unknownMember, /who/rule required"),
        Arguments.of("\"who\":{\"rule\":{\"all\":[{\"op\":\"x\"}]}}", "/who/rule/all/0 required"),
        Arguments.of("\"controlGroup\":5", "/controlGroup wrongType"),
        Arguments.of("\"controlGroup\":{\"percent\":100}", "/controlGroup/percent outOfRange"),
        Arguments.of("\"controlGroup\":{\"percent\":1.5}", "/controlGroup/percent outOfRange"),
        Arguments.of("\"controlGroup\":{\"percent\":\"5\"}", "/controlGroup/percent wrongType"),
        Arguments.of("\"goal\":{}", "/goal/event required, /goal/within required"),
        Arguments.of(
            "\"goal\":{\"event\":\"\",\"within\":\"P1M\",\"revenueProperty\":1}",
            "/goal/event empty, /goal/within badFormat, /goal/revenueProperty wrongType"),
        Arguments.of("\"goal\":{\"event\":\"a\",\"within\":\"P0D\"}", "/goal/within outOfRange"),
        Arguments.of("\"goal\":{\"event\":\"a\",\"within\":\"P367D\"}", "/goal/within outOfRange"),
        Arguments.of(
            "\"goal\":{\"event\":\"a\",\"within\":\"P1D\",\"where\":[{}]}",
            "/goal/where/0/property required, /goal/where/0/op required"),
        Arguments.of("\"what\":{}", "/what/provider required, /what/template required"),
        Arguments.of(
            "\"what\":{\"provider\":7,\"template\":{},\"variants\":[]}",
            "/what/variants contradiction"),
        Arguments.of("\"what\":{\"provider\":7,\"variants\":[]}", "/what/variants empty"),
        Arguments.of(
            "\"what\":{\"provider\":7,\"variants\":[" + VARIANT_A + "," + VARIANT_A + "]}",
            "/what/variants contradiction"),
        Arguments.of(
            "\"what\":{\"provider\":7,\"variants\":["
                + VARIANT_A
                + ","
                + VARIANT_A.replace("\"A\"", "\"B\"").replace("50", "49")
                + "]}",
            "/what/variants contradiction"),
        Arguments.of(
            "\"what\":{\"provider\":7,\"variants\":["
                + VARIANT_A.replace("\"share\":50,", "")
                + ","
                + VARIANT_A.replace("\"A\"", "\"B\"").replace("\"share\":50,", "")
                + "],\"test\":{\"metric\":\"luck\",\"fallback\":\"C\"}}",
            "/what/test contradiction, /what/test/metric unknownValue, /what/test/decideAfter"
                + " required, /what/test/fallback unknownValue"),
        Arguments.of(
            "\"what\":{\"provider\":\"main\",\"template\":{}}",
            "/what/provider unknownValue, /what/template/name required,"
                + " /what/template/language required"),
        Arguments.of(
            template("\"parameters\":[1,{\"text\":2}]"),
            "/what/template/parameters/0 wrongType, /what/template/parameters/1/text wrongType"),
        Arguments.of(
            template("\"parameters\":[\"a\",{\"name\":\"b\",\"text\":\"c\"}]"),
            "/what/template/parameters contradiction"),
        Arguments.of(
            template("\"header\":{\"type\":\"gif\",\"value\":\"x\"}"),
            "/what/template/header/type unknownValue"),
        Arguments.of(
            template("\"header\":{\"type\":\"image\",\"name\":\"a\",\"value\":\"x\"}"),
            "/what/template/header/name contradiction"),
        Arguments.of(
            template("\"header\":{\"type\":\"text\",\"name\":\" \",\"value\":7}"),
            "/what/template/header/name empty, /what/template/header/value wrongType"),
        Arguments.of(
            template("\"buttons\":[{\"index\":10,\"type\":\"call\"}]"),
            "/what/template/buttons/0/index outOfRange, /what/template/buttons/0/type unknownValue,"
                + " /what/template/buttons/0/value required"),
        Arguments.of(
            template("\"buttons\":[" + button() + "," + button() + "]"),
            "/what/template/buttons contradiction"));
  }

  private static String recurring(String members) {
    return "\"when\":{\"type\":\"recurring\",\"at\":\"10:00\"," + members + "}";
  }

  private static String template(String members) {
    return "\"what\":{\"provider\":\"1\",\"template\":{\"name\":\"t\",\"language\":\"en\","
        + members
        + "}}";
  }

  private static String button() {
    return "{\"index\":1,\"type\":\"url\",\"value\":\"x\"}";
  }

  @ParameterizedTest
  @MethodSource("members")
  void definitions(String member, String expected) {
    assertThat(
            String.join(
                ", ", ofDefinition("{\"name\":\"x\",\"channel\":\"whatsapp\"," + member + "}")))
        .isEqualTo(expected);
  }

  /** Rules and the problems that each makes. */
  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("null", " required"),
        Arguments.of("[]", " wrongType"),
        Arguments.of("{}", " required"),
        Arguments.of("{\"everyone\":false}", "/everyone wrongType"),
        Arguments.of("{\"everyone\":true,\"x\":1}", "/x unknownMember"),
        Arguments.of("{\"all\":{}}", "/all wrongType"),
        Arguments.of("{\"all\":[],\"any\":[]}", "/any contradiction"),
        Arguments.of("{\"any\":[{\"not\":null},7]}", "/any/0/not required, /any/1 wrongType"),
        Arguments.of("{\"segment\":0}", "/segment outOfRange"),
        Arguments.of("{\"segment\":\"x\"}", "/segment badFormat"),
        Arguments.of("{\"segment\":\"-1\"}", "/segment badFormat"),
        Arguments.of("{\"list\":true}", "/list wrongType"),
        Arguments.of("{\"list\":null}", "/list required"),
        Arguments.of("{\"list\":\"1\",\"segment\":\"1\"}", "/list contradiction"),
        Arguments.of("{\"first\":7}", "/first wrongType"),
        Arguments.of("{\"first\":\"A\",\"last\":\"A\"}", "/last contradiction"),
        Arguments.of("{\"last\":\"A\",\"within\":\"soon\"}", "/within badFormat"),
        Arguments.of("{\"last\":\"A\",\"where\":[]}", "/where unknownMember"),
        Arguments.of("{\"average\":\"a\"}", "/op required, /of required"),
        Arguments.of("{\"sum\":\" \",\"of\":null}", "/sum empty, /op required, /of required"),
        Arguments.of(sum("contains", "\"x\""), "/op unknownValue"),
        Arguments.of(sum("in", "[1]"), "/op unknownValue"),
        Arguments.of(sum("before", "\"2026-12-01\""), "/op unknownValue"),
        Arguments.of(sum("greaterThan", "null"), "/value required"),
        Arguments.of(sum("greaterThan", "\"5\""), "/value wrongType"),
        Arguments.of(sum("greaterThan", "\"2026-12-01\""), "/value wrongType"),
        Arguments.of(sum("greaterThan", "1.1e18"), "/value outOfRange"),
        Arguments.of(sum("lessThan", "-1e300"), "/value outOfRange"),
        Arguments.of(sum("equals", "1e-11"), "/value outOfRange"),
        Arguments.of(sum("equals", "1e400"), "/value outOfRange"),
        Arguments.of(sum("between", "5"), "/value wrongType"),
        Arguments.of(sum("between", "[5]"), "/value empty"),
        Arguments.of(sum("between", "[5,4]"), "/value contradiction"),
        Arguments.of(sum("between", "[\"a\",true]"), "/value/0 wrongType, /value/1 wrongType"),
        Arguments.of("{\"sum\":\"a\",\"average\":\"a\",\"of\":\"A\"}", "/average contradiction"),
        Arguments.of(
            "{\"sum\":\"a\",\"of\":\"A\",\"op\":\"equals\",\"value\":1,\"atLeast\":1}",
            "/atLeast unknownMember"),
        Arguments.of("{\"reachable\":\"fax\"}", "/reachable unknownValue"),
        Arguments.of("{\"reachable\":\"SMS\"}", "/reachable unknownValue"),
        Arguments.of("{\"reachable\":true}", "/reachable wrongType"),
        Arguments.of("{\"reachable\":\"sms\",\"within\":\"P1D\"}", "/within unknownMember"),
        Arguments.of("{\"bucket\":5}", "/bucket wrongType"),
        Arguments.of("{\"bucket\":{}}", "/bucket/from required, /bucket/to required"),
        Arguments.of(
            "{\"bucket\":{\"from\":-1,\"to\":100,\"of\":100}}",
            "/bucket/of unknownMember, /bucket/from outOfRange, /bucket/to outOfRange"),
        Arguments.of("{\"bucket\":{\"from\":1.5,\"to\":9}}", "/bucket/from outOfRange"),
        Arguments.of("{\"bucket\":{\"from\":9,\"to\":0}}", "/bucket/to contradiction"),
        Arguments.of(property("like", "1"), "/op unknownValue"),
        Arguments.of("{\"property\":\"\",\"op\":\"exists\"}", "/property empty"),
        Arguments.of("{\"property\":\"a\\u0000\",\"op\":\"exists\"}", "/property badFormat"),
        Arguments.of("{\"property\":\"a\\ud800\",\"op\":\"exists\"}", "/property badFormat"),
        Arguments.of(
            "{\"property\":\"" + "n".repeat(513) + "\",\"op\":\"exists\"}", "/property tooLong"),
        Arguments.of(property("exists", "1"), "/value contradiction"),
        Arguments.of(property("equals", "null"), "/value required"),
        Arguments.of(property("equals", "[1]"), "/value wrongType"),
        Arguments.of(property("equals", "1e400"), "/value outOfRange"),
        Arguments.of(property("equals", "1e-2000000000"), "/value outOfRange"),
        Arguments.of(property("equals", "\"" + "x".repeat(2001) + "\""), "/value tooLong"),
        Arguments.of(property("in", "1"), "/value wrongType"),
        Arguments.of(property("in", "[]"), "/value empty"),
        Arguments.of(
            property("in", "[null,[],{}]"),
            "/value/0 required, /value/1 wrongType, /value/2 wrongType"),
        Arguments.of(property("in", "[" + "1,".repeat(10_000) + "1]"), "/value tooMany"),
        Arguments.of(property("contains", "1"), "/value wrongType"),
        Arguments.of(property("startsWith", "\"\""), "/value empty"),
        Arguments.of(property("greaterThan", "\"x\""), "/value badFormat"),
        Arguments.of(property("greaterThan", "true"), "/value wrongType"),
        Arguments.of(property("between", "[1]"), "/value empty"),
        Arguments.of(property("between", "[1,2,3]"), "/value tooMany"),
        Arguments.of(property("between", "[2,1]"), "/value contradiction"),
        Arguments.of(property("between", "[1,\"2026-12-01\"]"), "/value contradiction"),
        Arguments.of(property("before", "5"), "/value wrongType"),
        Arguments.of(property("before", "\"2026-13-01\""), "/value badFormat"),
        Arguments.of("{\"did\":\"\"}", "/did empty"),
        Arguments.of("{\"did\":\"A\",\"didNot\":\"A\"}", "/didNot contradiction"),
        Arguments.of("{\"did\":\"A\",\"atLeast\":0}", "/atLeast outOfRange"),
        Arguments.of("{\"did\":\"A\",\"atLeast\":1,\"exactly\":1}", "/exactly contradiction"),
        Arguments.of("{\"did\":\"A\",\"atLeast\":3,\"atMost\":2}", "/atMost contradiction"),
        Arguments.of("{\"did\":\"A\",\"includeNever\":true}", "/includeNever contradiction"),
        Arguments.of("{\"did\":\"A\",\"atMost\":1,\"includeNever\":1}", "/includeNever wrongType"),
        Arguments.of("{\"did\":\"A\",\"within\":\"30 days\"}", "/within badFormat"),
        Arguments.of("{\"did\":\"A\",\"within\":\"P\"}", "/within badFormat"),
        Arguments.of("{\"did\":\"A\",\"within\":\"P1DT\"}", "/within badFormat"),
        Arguments.of("{\"did\":\"A\",\"within\":\"-P1D\"}", "/within badFormat"),
        Arguments.of("{\"did\":\"A\",\"within\":\"P99999D\"}", "/within outOfRange"),
        Arguments.of(
            "{\"did\":\"A\",\"within\":\"P1D\",\"to\":\"2026-01-01\"}", "/within contradiction"),
        Arguments.of(
            "{\"did\":\"A\",\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}", "/to contradiction"),
        Arguments.of("{\"did\":\"A\",\"from\":\"2026-01-02T10:00\"}", "/from badFormat"),
        Arguments.of("{\"didNot\":\"A\",\"atLeast\":1}", "/atLeast unknownMember"),
        Arguments.of(
            "{\"didNot\":\"A\",\"where\":[{\"did\":\"B\"}]}",
            "/where/0/did unknownMember, /where/0/property required, /where/0/op required"));
  }

  private static String property(String operator, String value) {
    return "{\"property\":\"a\",\"op\":\"" + operator + "\",\"value\":" + value + "}";
  }

  private static String sum(String operator, String value) {
    return "{\"sum\":\"a\",\"of\":\"A\",\"op\":\"" + operator + "\",\"value\":" + value + "}";
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rules(String rule, String expected) {
    assertThat(String.join(", ", ofRule(rule))).isEqualTo(expected);
  }

  @Test
  void allProblemsOfADocumentAreToldAtOnce() {
    assertThat(
            ofDefinition(
                """
                {"channel":"fax","labels":[""],"when":{"type":"later"},
                 "who":{"rule":{"any":[{"property":"a","op":"equals"},{"segment":"four"}]}},
                 "controlGroup":{"percent":-1},"goal":{"event":7,"within":"P2D"},"extra":{}}
                """))
        .containsExactlyInAnyOrder(
            "/extra unknownMember",
            "/name required",
            "/channel unknownValue",
            "/labels/0 empty",
            "/when/type unknownValue",
            "/who/rule/any/0/value required",
            "/who/rule/any/1/segment badFormat",
            "/controlGroup/percent outOfRange",
            "/goal/event wrongType");
  }

  @Test
  void otherChannelsHaveNoContentYet() {
    assertThat(ofDefinition("{\"name\":\"x\",\"channel\":\"sms\",\"what\":{\"text\":\"hi\"}}"))
        .containsExactly("/what notAvailable");
  }

  @Test
  void aChannelCannotChangeUnderItsContent() {
    var before =
        JsonDocument.parse(
                "{\"name\":\"x\",\"channel\":\"whatsapp\"," + template("\"parameters\":[]") + "}")
            .then(DefinitionReader::read)
            .orThrow();
    assertThat(
            problems(
                JsonDocument.parse("{\"channel\":\"sms\"}")
                    .then(json -> DefinitionReader.change(before, json))))
        .containsExactly("/channel contradiction");
    assertThat(
            problems(
                JsonDocument.parse("{\"channel\":\"sms\",\"what\":null}")
                    .then(json -> DefinitionReader.change(before, json))))
        .isEmpty();
    assertThat(
            problems(
                JsonDocument.parse("{\"name\":null,\"channel\":null}")
                    .then(json -> DefinitionReader.change(before, json))))
        .containsExactly("/name required", "/channel required");
  }

  @Test
  void rulesNestTwentyDeepAndNoDeeper() {
    assertThat(ofRule(nested(19))).isEmpty();
    assertThat(ofRule(nested(20))).containsExactly("/not".repeat(20) + " tooDeep");
    assertThat(ofRule(nested(5_000))).containsExactly(" malformed");
  }

  private static String nested(int depth) {
    return "{\"not\":".repeat(depth) + "{\"everyone\":true}" + "}".repeat(depth);
  }

  @Test
  void fiveHundredRulesFitTogether() {
    assertThat(ofRule(wide(499))).isEmpty();
    assertThat(ofRule(wide(500))).containsExactly("/all/499 tooMany");
    assertThat(ofRule("{\"all\":[" + wide(400) + "," + wide(400) + "]}")).hasSize(1);
  }

  private static String wide(int rules) {
    return IntStream.range(0, rules)
        .mapToObj(i -> "{\"everyone\":true}")
        .collect(Collectors.joining(",", "{\"all\":[", "]}"));
  }

  @Test
  void onlyTheFirstHundredProblemsAreTold() {
    assertThat(ofRule("{\"all\":[" + "7,".repeat(300) + "7]}")).hasSize(Problems.MOST);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsThatAreNotJson(String text) {
    assertThat(ofDefinition(text)).containsExactly(" malformed");
  }

  static Stream<String> texts() {
    return Stream.of("", " ", "{", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":NaN}", "{'a':1}", "<x/>");
  }

  @Test
  void theLimitsOfADocumentAreNamed() {
    assertThat(JsonDocument.parse("[".repeat(101)))
        .isInstanceOfSatisfying(
            Reading.Refused.class,
            refused ->
                assertThat(refused.problems().toString())
                    .contains(
                        "at most 100 levels",
                        "at most 100,000 characters",
                        "a name 1,000",
                        "a number 100"));
  }

  @Test
  void aDocumentThatIsTooLongIsNotParsed() {
    assertThat(ofDefinition(" ".repeat(JsonDocument.MAX_LENGTH + 1))).containsExactly(" tooLong");
  }

  /** Sound documents with pieces swapped, cut and doubled are answered, one way or the other. */
  @Test
  void neverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> pieces =
        Stream.concat(rules(), members())
            .flatMap(
                arguments -> Stream.of(((String) arguments.get()[0]).split("(?<=[\\[\\]{},:])")))
            .filter(piece -> piece.length() < 200)
            .toList();
    for (int i = 0; i < 20_000; i++) {
      String json =
          random
              .ints(random.nextInt(1, 12), 0, pieces.size())
              .mapToObj(pieces::get)
              .collect(Collectors.joining());
      assertThat(answers(json)).as("seed %d: %s", seed, json).isTrue();
    }
  }

  private static boolean answers(String json) {
    try {
      ofRule(json);
      ofDefinition("{\"name\":\"x\",\"channel\":\"whatsapp\"," + json + "}");
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
