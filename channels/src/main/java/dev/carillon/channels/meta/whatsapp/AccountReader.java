package dev.carillon.channels.meta.whatsapp;

import static dev.carillon.channels.support.json.ScalarText.text;

import dev.carillon.channels.meta.graph.GraphErrorReader;
import dev.carillon.channels.support.http.HttpOutcome;
import dev.carillon.channels.support.http.ProviderHttp;
import dev.carillon.channels.support.json.ScalarText;
import dev.carillon.engine.provider.ConnectionTest;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.provider.TemplateCatalog;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what Meta knows of a connection: its number and the templates of its account. */
final class AccountReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NUMBER_FIELDS =
      "verified_name,display_phone_number,quality_rating,throughput";
  private static final String TEMPLATE_FIELDS =
      "name,language,status,category,parameter_format,components";
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 100;

  private final CloudSettings settings;
  private final ProviderHttp http;
  private final GraphErrorReader errors;

  AccountReader(CloudSettings settings, ProviderHttp http, GraphErrorReader errors) {
    this.settings = settings;
    this.http = http;
    this.errors = errors;
  }

  /** What was read, or words on why nothing was. */
  private record Page(@Nullable JsonNode body, String problem) {}

  ConnectionTest.Outcome test() {
    Page page = get(settings.uri(settings.phoneNumberId() + "?fields=" + NUMBER_FIELDS));
    JsonNode number = page.body();
    if (number == null) {
      return new ConnectionTest.Outcome(false, page.problem(), List.of());
    }
    List<ConnectionTest.Detail> details = new ArrayList<>();
    add(details, "Name", number.path("verified_name"));
    add(details, "Number", number.path("display_phone_number"));
    add(details, "Quality", number.path("quality_rating"));
    add(details, "Throughput", number.path("throughput").path("level"));
    return new ConnectionTest.Outcome(true, "The number can be reached with this token.", details);
  }

  TemplateCatalog.Listing templates() {
    if (settings.businessAccountId().isEmpty()) {
      return new TemplateCatalog.Listing(
          List.of(), "Enter the business account ID in the connection to list its templates.");
    }
    List<Template> templates = new ArrayList<>();
    String cursor = "";
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Page page = get(templatePage(cursor));
      JsonNode body = page.body();
      if (body == null) {
        return listing(templates, page.problem());
      }
      body.path("data").forEach(node -> TemplateListReader.read(node).ifPresent(templates::add));
      String next = text(body.path("paging").path("cursors").path("after"));
      if (!body.path("paging").has("next") || next == null || next.equals(cursor)) {
        return listing(templates, null);
      }
      cursor = next;
    }
    return listing(templates, "There are more templates than are listed here.");
  }

  /** The next page is asked for by its cursor: the answer's own link might lead elsewhere. */
  private URI templatePage(String cursor) {
    String query = "/message_templates?limit=" + PAGE + "&fields=" + TEMPLATE_FIELDS;
    if (!cursor.isEmpty()) {
      query += "&after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
    return settings.uri(settings.businessAccountId() + query);
  }

  private static TemplateCatalog.Listing listing(
      List<Template> templates, @Nullable String problem) {
    return new TemplateCatalog.Listing(
        templates.stream()
            .sorted(Comparator.comparing(Template::name).thenComparing(Template::language))
            .toList(),
        problem);
  }

  private Page get(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + settings.accessToken())
            .GET()
            .build();
    return switch (http.call(request)) {
      case HttpOutcome.Answered answer -> page(answer);
      case HttpOutcome.NotSent(String words) -> new Page(null, "No connection: " + words + ".");
      case HttpOutcome.NoAnswer(String words) -> new Page(null, "No answer: " + words + ".");
    };
  }

  private Page page(HttpOutcome.Answered answer) {
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (JacksonException e) {
      body = JSON.missingNode();
    }
    Optional<SendResult.Failed> failure = errors.failure(body, answer);
    if (failure.isPresent()) {
      SendResult.Failed failed = failure.get();
      return new Page(
          null,
          failed.meaning().words()
              + " "
              + failed.meaning().action()
              + " (Code "
              + failed.code()
              + ": "
              + failed.text()
              + ")");
    }
    if (answer.status() / 100 != 2 || !body.isObject()) {
      return new Page(
          null,
          "HTTP "
              + answer.status()
              + " without a readable answer. Check the API address and its version.");
    }
    return new Page(body, "");
  }

  private static void add(List<ConnectionTest.Detail> details, String label, JsonNode node) {
    String value = text(node);
    if (value != null) {
      details.add(new ConnectionTest.Detail(label, ScalarText.shortened(value)));
    }
  }
}
