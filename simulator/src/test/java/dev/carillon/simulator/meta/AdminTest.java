package dev.carillon.simulator.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.SimulatedMeta;
import dev.carillon.simulator.SimulatorClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AdminTest {

  private static final String TEMPLATES = "/v25.0/102290129340398/message_templates";

  private final SimulatedMeta meta;

  AdminTest() throws IOException {
    meta = SimulatedMeta.obedient();
  }

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void listsTemplatesPageByPage() throws IOException {
    List<String> names = new ArrayList<>();
    String path = TEMPLATES + "?limit=4";
    while (!path.isEmpty()) {
      JsonNode page = meta.client.call("GET", path, "").body();
      page.path("data").forEach(template -> names.add(template.path("name").asString("")));
      URI next = URI.create(page.path("paging").path("next").asString(""));
      path = next.getPath().isEmpty() ? "" : next.getPath() + "?" + next.getQuery();
    }

    assertThat(names).hasSize(9).contains("festival_sale", "hello_world");
  }

  @Test
  void createsAndDeletesTemplates() throws IOException {
    Answer created =
        meta.client.call(
            "POST",
            TEMPLATES,
            """
            {"name":"fresh","language":"en","category":"MARKETING",
             "components":[{"type":"BODY","text":"Fresh {{1}}"}]}""");
    assertThat(created.body().path("status").asString("")).isEqualTo("APPROVED");
    assertThat(names("fresh")).containsExactly("fresh");

    assertThat(meta.client.call("DELETE", TEMPLATES + "?name=fresh", "").status()).isEqualTo(200);
    assertThat(names("fresh")).isEmpty();
    assertThat(meta.client.call("DELETE", TEMPLATES + "?name=fresh", "").code()).isEqualTo(100);
    assertThat(meta.client.call("POST", TEMPLATES, "{\"name\":\"x\"}").code()).isEqualTo(100);
  }

  @Test
  void describesTheNumber() throws IOException {
    JsonNode number =
        meta.client
            .call("GET", "/v25.0/106540352242922?fields=quality_rating,throughput", "")
            .body();
    assertThat(number.toString())
        .isEqualTo(
            "{\"quality_rating\":\"GREEN\",\"throughput\":{\"level\":\"STANDARD\"},\"id\":\"106540352242922\"}");

    JsonNode numbers = meta.client.call("GET", "/v25.0/102290129340398/phone_numbers", "").body();
    assertThat(numbers.path("data").path(0).path("display_phone_number").asString(""))
        .isEqualTo("+15550783881");
  }

  private List<String> names(String name) throws IOException {
    List<String> names = new ArrayList<>();
    meta.client
        .call("GET", TEMPLATES + "?name=" + name, "")
        .body()
        .path("data")
        .forEach(template -> names.add(template.path("name").asString("")));
    return names;
  }
}
