package dev.carillon.channels.support.liquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.provider.PersonalisationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class LiquidTextsTest {
  private static final String ANN =
      """
      {"name":"Ann","City":"Pune","points":1200,"spent":99.50,"big":1e999999999,"long":%s,
       "vip":true,"nothing":null,"motto":"","tags":["red","blue"],"index":1,
       "exponent":"1e999999999","born":"$D_662601600","bornAt":"$D_662668205000",
       "day":"2026-02-05","moment":"2026-02-05T23:15:00+05:30","local":"2026-02-05T07:00",
       "dates":["$D_662601600"],"noDate":"$D_soon","spaces":" \u00a0\u2003","unseen":"\u200e\u2063\u3164","address":{"street":"MG Road"},"First name":"Anna",
       "off":false,"zero":0,"none":[],"bare":{},"word":"blank","half":"\u200ea "}"""
          .formatted("9".repeat(200));

  private final LiquidTexts texts = new LiquidTexts();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain text~plain text",
        "Hi {{ name }}!~Hi Ann!",
        "{{name}}{{ City }}~AnnPune",
        "{{ Name }} {{ city }}~Ann Pune",
        "{{ profile.Name }} {{ profile['First name'] }}~Ann Anna",
        "{{ nickname | default: 'friend' }}~friend",
        "{{ motto | default: 'friend' }}~friend",
        "{{ nothing | default: 'friend' }}~friend",
        "{{ nickname | upcase | default: 'friend' }}~friend",
        "{{ nickname | default: name | upcase }}~ANN",
        "{{ nickname | default: other | default: 'x' }}~x",
        "{{ name | upcase | append: '!' }}~ANN!",
        "{{ points | plus: 1 }} {{ points | divided_by: 7 }}~1201 171",
        "{{ spent }} {{ spent | times: 2 }}~99.50 199.00",
        "{{ vip }}~true",
        "{% if vip %}VIP{% else %}guest{% endif %}~VIP",
        "{% if nickname %}{{ nickname }}{% else %}friend{% endif %}~friend",
        "{% if points > 1000 and city == 'Pune' %}big{% endif %}~big",
        "{% unless nickname %}none{% endunless %}~none",
        "{% if motto == empty and tags != empty %}empty{% endif %}~empty",
        "{% if spaces == empty or nickname == empty %}empty{% else %}not{% endif %}~not",
        "{% if points == '1200' and spent == 99.5 and vip == true %}equal{% endif %}~equal",
        "{% case city %}{% when 'Pune' %}near{% else %}far{% endcase %}~near",
        "{% case points %}{% when 1 or 1200 %}{{ name }}{% when 1200 %}again{% endcase %}~Ann",
        "{% case city %}{% when 'Agra', 'Goa' %}near{% endcase %}.~.",
        "{% for t in tags %}{% case t %}{% when 'red' %}{% continue %}{% endcase %}{{ t }}{% endfor %}~blue",
        "{% for t in tags %}{{ t }}{% unless forloop.last %}, {% endunless %}{% endfor %}~red, blue",
        "{{ tags | join: '+' }} {{ tags.size }} {{ tags[0] }} {{ tags[index] }}~red+blue 2 red blue",
        "{{ address.street }}~MG Road",
        "{% assign who = name | downcase %}{{ who }}~ann",
        "{% capture x %}a{{ name }}{% endcapture %}{{ x }}~aAnn",
        "{% increment n %}{% increment n %}~01",
        "a{% comment %}b{% endcomment %}c{% raw %}{{ x }}{% endraw %}~ac{{ x }}",
        "{{ 1700000000 | date: '%Y' }}~2023",
        "{{ born | date: '%d %b' }} {{ born }} {{ BORN | append: '!' }}~31 Dec 1990-12-31 1990-12-31!",
        "{{ bornAt | date: '%Y-%m-%d %H:%M' }} {{ bornAt }}~1990-12-31 18:30 1990-12-31T18:30:05Z",
        "{{ day | date: '%d/%m' }} {{ moment | date: '%H:%M' }} {{ local | date: '%H' }}~05/02 23:15 07",
        "{{ dates[0] | date: '%Y' }} {{ nickname | default: born | date: '%Y' }}~1990 1990",
        "{{ 'now' | date: '%Y' | size }} {{ 'today' | date: '%Y' | size }}~4 4",
        "{{ spaces | default: 'friend' }} {{ unseen | default: 'friend' }}~friend friend",
        "{{ bare | default: 'friend' }} {{ none | default: 'friend' }} {{ zero | default: 1 }}~friend friend 0",
      })
  void textsAreFilled(String source, String expected) throws Exception {
    assertThat(texts.fill(source, LiquidPerson.of(ANN))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utm.source",
        "UTM.source",
        "say \"hi\"",
        "l'\u00e2ge",
        "$os",
        "/home",
        "x*",
        "list[1]",
        "#1",
        "\u540d\u524d",
        "\ud83c\udf89 party",
        " led",
        "c:\\dir",
        "two\nlines",
        "100%",
        "{{ x }}",
        "%}",
        "size",
        "first",
        "last",
        "nil",
        "blank",
        "empty",
        "true",
        "contains",
        "0"
      })
  void aPropertyOfAnyNameCanBeNamed(String name) throws Exception {
    String quote = name.contains("'") ? "\"" : "'";
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("other", "x").put(name, "found").put(name.toUpperCase(Locale.ROOT) + "_", "y");
    for (String text :
        List.of("{{ profile[NAME] }}", "{% if profile[NAME] == 'found' %}found{% endif %}")) {
      assertThat(
              texts.fill(
                  text.replace("NAME", quote + name + quote),
                  LiquidPerson.of(properties.toString())))
          .as(text)
          .isEqualTo("found");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nickname",
        "nothing",
        "motto",
        "spaces",
        "unseen",
        "off",
        "none",
        "bare",
        "address.zip",
        "''",
        "' '",
        "empty",
        "blank",
        "false",
        "nil"
      })
  void whatShowsNothingIsBlank(String value) throws Exception {
    assertBlank(value, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name", "points", "zero", "vip", "tags", "address", "profile", "word", "half", "'blank'",
        "0", "true"
      })
  void whatShowsSomethingIsNotBlank(String value) throws Exception {
    assertBlank(value, false);
  }

  private void assertBlank(String value, boolean blank) throws Exception {
    LiquidPerson ann = LiquidPerson.of(ANN);
    for (String text :
        List.of(
            "{% if VALUE == blank %}blank{% endif %}",
            "{% if blank == VALUE %}blank{% endif %}",
            "{% unless VALUE != blank %}blank{% endunless %}",
            "{% unless blank <> VALUE %}blank{% endunless %}",
            "{% if true and VALUE == blank %}blank{% endif %}",
            "{% assign gap = blank %}{% if VALUE == gap %}blank{% endif %}",
            "{% case VALUE %}{% when 'x', blank %}blank{% else %}{% endcase %}",
            "{% case VALUE %}{% when 'x' %}x{% when blank %}blank{% endcase %}")) {
      assertThat(texts.fill(text.replace("VALUE", value), ann))
          .as(text)
          .isEqualTo(blank ? "blank" : "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{{ city | date: '%Y' }}~a date is expected where there is another text",
        "{{ noDate | date: '%d %b' }}~a date is expected where there is another text",
        "{{ '12/31/soon' | date: '%d %b' }}~a date is expected where there is another text",
        "{{ nickname }}~nickname is missing and has no default",
        "{{ nothing }}~nothing is missing and has no default",
        "{{ nickname | upcase }}~nickname is missing and has no default",
        "{{ address.zip }}~address.zip is missing and has no default",
        "{{ tags[7] }}~tags[7] is missing and has no default",
        "{{ name | append: surname }}~surname is missing and has no default",
        "{{ nickname | default: other }}~nickname is missing and has no default",
        "{{ nickname | default: 'x' | map: 'y' | first }}~",
        "{% assign x = nickname %}{{ x }}~x is missing and has no default",
        "{{ address }}~address is not a single value",
        "{{ profile }}~profile is not a single value",
        "{{ name | plus: 1 }}~a number is expected where there is a text",
        "{{ exponent | plus: 1 }}~a number is expected where there is a text",
        "{{ long | times: 2 }}~a number is expected where there is a text",
        "{{ spent | round: 999999999 }}~the result of round is too large",
      })
  void whatCannotBeFilledFailsInOurWords(String source, @Nullable String words) {
    assertThatThrownBy(() -> texts.fill(source, LiquidPerson.of(ANN)))
        .isInstanceOf(PersonalisationException.class)
        .message()
        .satisfies(
            message -> {
              if (words != null) {
                assertThat(message).isEqualTo(words);
              }
              assertThat(message).doesNotContain("Ann", "Pune", "999");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for i in (1..2000000000) %}x{% endfor %}",
        "{% for i in (1..500) %}{% for j in (1..500) %}{% endfor %}{% endfor %}",
        "{% assign x = 'abcdefgh' %}{% for i in (1..900) %}{% assign x = x | append: x %}{% endfor %}{{ x }}",
        "{% assign x = 3.5 %}{% for i in (1..900) %}{% assign x = x | times: x %}{% endfor %}{{ x }}",
        "{% capture x %}{% for i in (1..1000) %}0123456789{{ name }}0123456789{% endfor %}{% endcapture %}{{ x | replace: '0', x }}",
        "{{ name | replace: 'A', name | split: '' | join: name }}{% for i in (1..1001) %}{% endfor %}",
        "{{ 'x' | date: '%999999999Y' }}{% for i in (1..1001) %}{% endfor %}",
      })
  @Timeout(20)
  void aTextThatWouldTakeTooMuchFails(String source) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> texts.fill(source, LiquidPerson.of(ANN)))
        .isInstanceOf(PersonalisationException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Hi {{ name~1",
        "{{ name | nosuchfilter }}~1",
        "{% if name %}x~1",
        "{% endif %}~1",
        "{% nosuchtag %}~1",
        "{% include 'secret' %}~1",
        "{% tablerow x in tags %}{% endtablerow %}~1",
        "{{ name | default: }}~1",
        "{{ }}~1",
        "{{ 'open }}~1",
      })
  void aBrokenTextHasAProblemWithItsPlace(String source, int line) {
    LiquidTexts.Problem problem = texts.problem(source).orElseThrow();

    assertThat(problem.line()).isEqualTo(line);
    assertThat(problem.column()).isPositive();
    assertThat(problem.words()).isNotBlank();
    assertThatThrownBy(() -> texts.fill(source, LiquidPerson.of(ANN)))
        .isInstanceOf(PersonalisationException.class);
  }

  @Test
  void theProblemsPlace() {
    assertThat(texts.problem("Hello\n  {{ name | shout }}"))
        .contains(new LiquidTexts.Problem(2, 11, "there is no filter shout"));
    assertThat(texts.problem("Hello {{ name | upcase }}")).isEmpty();
    assertThat(texts.problem("Hello {{ name | default: 'friend'").orElseThrow().words())
        .contains("not closed")
        .doesNotContain("viable");
    assertThat(texts.problem("x".repeat(20_000)).orElseThrow().words()).contains("longer");
    assertThat(texts.problem("{{ x }}" + "{% if a %}".repeat(1500))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "{\"name\":}"})
  void propertiesThatAreNoObjectFail(String properties) {
    assertThatThrownBy(() -> texts.fill("{{ name }}", LiquidPerson.of(properties)))
        .isInstanceOf(PersonalisationException.class);
  }

  @Test
  void noBytesMakeItFailInAnotherWay() {
    long seed = 7L;
    Random random = new Random(seed);
    String[] pieces = {
      "{{",
      "}}",
      "{%",
      "%}",
      " name ",
      "|",
      "default:",
      "'x'",
      "if",
      "endif",
      "for i in tags",
      "endfor",
      "[",
      "]",
      ".",
      "1",
      "upcase",
      "\"",
      "\n",
      "\u0000",
      "é",
      "-",
      "assign a =",
      "(1..9)"
    };
    for (int round = 0; round < 3_000; round++) {
      StringBuilder source = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        source.append(pieces[random.nextInt(pieces.length)]);
      }
      try {
        texts.fill(source.toString(), LiquidPerson.of(ANN));
      } catch (PersonalisationException e) {
        assertThat(e.getMessage()).isNotBlank();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + round + ": " + source, e);
      }
    }
  }

  @Test
  void manyThreadsFillTheSameText() throws Exception {
    String source = "{{ name }} {{ list[n] }} {% for t in list %}{{ t }}{% endfor %}";
    List<Future<String>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 2_000; i++) {
        int n = i % 3;
        results.add(
            threads.submit(
                () ->
                    texts.fill(
                        source,
                        LiquidPerson.of(
                            "{\"name\":\"p%d\",\"n\":%d,\"list\":[\"a\",\"b\",\"c\"]}"
                                .formatted(n, n)))));
      }
    }
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).get()).isEqualTo("p" + i % 3 + " " + "abc".charAt(i % 3) + " abc");
    }
  }
}
