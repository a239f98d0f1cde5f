package dev.carillon.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StoredJsonTest {
  @Test
  void whateverWasTakenOnceIsRead() {
    String text = "x".repeat(3_000_000);
    assertThat(StoredJson.object("{\"a\":[{\"b\":\"" + text + "\"}]}").at("/a/0/b").stringValue())
        .isEqualTo(text);
    assertThat(StoredJson.object("{\"a\":" + "9".repeat(400) + "}").get("a").toString())
        .isEqualTo("9".repeat(400));
    assertThat(StoredJson.object("{\"a\":1E+999999999}").toString())
        .isEqualTo("{\"a\":1E+999999999}");
    assertThat(StoredJson.object("{\"a\":1,\"a\":2}").get("a").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "null", "{\"a\":", "not JSON"})
  void whatIsNoObjectSaysSo(String text) {
    assertThat(StoredJson.object(text).get(StoredJson.UNREADABLE).stringValue()).isEqualTo(text);
  }

  @Test
  void membersComeOneByOneAndLongOnesByNameAlone() {
    Map<String, JsonNode> members = new HashMap<>();
    List<String> tooLong = new ArrayList<>();
    String text =
        "{\"a\":{\"b\":[1,2.50,null,true,\"\\u00e9\\\"\"]},\"long\":["
            + "1,".repeat(100_000)
            + "1],\"text\":\""
            + "x".repeat(100_000)
            + "\",\"z\":\"end\"}";

    StoredJson.members(text, 1_000, members::put, tooLong::add);

    assertThat(members.keySet()).containsExactlyInAnyOrder("a", "z");
    assertThat(String.valueOf(members.get("a")))
        .isEqualTo("{\"b\":[1,2.50,null,true,\"\u00e9\\\"\"]}");
    assertThat(tooLong).containsExactly("long", "text");
  }
}
