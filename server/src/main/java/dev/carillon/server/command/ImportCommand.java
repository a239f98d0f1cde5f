package dev.carillon.server.command;

import dev.carillon.server.settings.StartupProblem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code carillon import}: users from a CSV file, through a running server. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Imports users from a CSV file into a running server. The same file again changes nothing.",
      "Exits with 0 when all rows were taken, with 1 and a list of the first rows that were not,"
          + " with 2 when it cannot import."
    },
    exitCodeOnExecutionException = 2)
public final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "CSV file whose first line names the columns")
  private Path file = Path.of("");

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://localhost:8080",
      description = "address of the server (default: ${DEFAULT-VALUE})")
  private URI server = URI.create("http://localhost:8080");

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      required = true,
      description = "an API key that may send data in")
  private String apiKey = "";

  @Option(
      names = "--map",
      paramLabel = "COLUMN:KIND[:PROPERTY]",
      description =
          "what a column becomes: identity, text, number, boolean, date or skip; what is not said"
              + " follows from names and first rows")
  private List<String> map = List.of();

  @Option(
      names = "--country",
      paramLabel = "CODE",
      description =
          "two letters, such as IN: the country of phone numbers without a country code (default:"
              + " the account's)")
  private String country = "";

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    String query =
        Stream.concat(
                map.stream().map(one -> parameter("map", one)),
                Stream.of(parameter("country", country)))
            .collect(Collectors.joining("&", "?", ""));
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/api/v1/people/import" + query))
              .header("Authorization", "Bearer " + apiKey)
              .header("Content-Type", "text/csv")
              .POST(BodyPublishers.ofFile(file))
              .build();
      return report(client.send(request, BodyHandlers.ofString()));
    } catch (FileNotFoundException missing) {
      throw new StartupProblem("There is no file " + file + ".", missing);
    } catch (IOException failed) {
      throw new StartupProblem(
          "The server at " + server + " did not answer to the end: " + failed.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartupProblem("It was interrupted; the same file again does no harm.", stopped);
    }
  }

  private static String parameter(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private int report(HttpResponse<String> response) {
    JsonNode answer = JsonMapper.builder().build().readTree(response.body());
    if (response.statusCode() != 200) {
      throw new StartupProblem(
          "The server refused it: " + answer.path("detail").asString(response.body()));
    }
    var out = command.commandLine().getOut();
    out.println(
        answer.get("processed").longValue()
            + " of "
            + answer.get("rows").longValue()
            + " rows were taken.");
    for (JsonNode line : answer.get("unprocessed")) {
      out.println("line " + line.get("line").longValue() + ": " + line.get("error").stringValue());
    }
    JsonNode phones = answer.get("phonesNotValid");
    if (phones.get("count").longValue() > 0) {
      out.println(
          phones.get("count").longValue()
              + " phone numbers are not valid, so nothing can be sent to them: lines "
              + phones
                  .get("lines")
                  .valueStream()
                  .map(JsonNode::asString)
                  .collect(Collectors.joining(", "))
              + ". Name their country by --country.");
    }
    if (answer.has("problem")) {
      out.println(answer.get("problem").stringValue());
    }
    return answer.get("status").stringValue().equals("success") ? 0 : 1;
  }
}
