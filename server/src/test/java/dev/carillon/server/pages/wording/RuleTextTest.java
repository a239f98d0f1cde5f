package dev.carillon.server.pages.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.rules.RuleReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules in the words that the pages say them in. */
public class RuleTextTest {
  public static final RuleText.Names NAMES =
      new RuleText.Names() {
        @Override
        public String segment(int id) {
          return "S" + id;
        }

        @Override
        public String list(int id) {
          return "L" + id;
        }
      };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'first':'Charged'} | People whose first Charged was at any time",
        "{'first':'Charged','within':'P30D'} | People whose first Charged was in the last 30 days",
        "{'last':'Charged','to':'2026-01-31'} | People whose last Charged was until 2026-01-31",
        "{'sum':'Amount','of':'Charged','op':'greaterThan','value':100,'within':'P30D',"
            + "'where':[{'property':'City','op':'equals','value':'Pune'}]} | People whose"
            + " total Amount of Charged in the last 30 days where City is “Pune” is more than 100",
        "{'average':'Amount','of':'Charged','op':'between','value':[1,2]}"
            + " | People whose average Amount of Charged is between 1 and 2",
        "{'did':'Charged','atLeast':2,'atMost':5} | People who did Charged 2 to 5 times",
        "{'did':'Charged','atMost':5} | People who did Charged at most 5 times",
        "{'property':'Age','op':'between','value':[18,30]} | People whose Age is between 18 and 30",
        "{'any':[{'reachable':'whatsapp'},{'not':{'bucket':{'from':0,'to':9}}}]}"
            + " | People who can be reached on WhatsApp or not those in a random 10\u00a0% (buckets 0"
            + " to 9)",
        "{'bucket':{'from':7,'to':7}} | People in a random 1\u00a0% (bucket 7)",
        "{'all':[{'segment':'3'},{'not':{'list':'4'}}]}"
            + " | People in the segment “S3” and not those on the list “L4”"
      })
  void saysWhoIsMeant(String rule, String words) {
    assertThat(
            RuleText.of(
                JsonDocument.parse(rule.replace('\'', '"')).then(RuleReader::read).orThrow(),
                NAMES))
        .isEqualTo(words);
  }
}
