package dev.carillon.server.command;

import dev.carillon.engine.port.StoreInUseException;
import dev.carillon.engine.port.facts.DeadLetter;
import dev.carillon.engine.port.facts.DeadLetterStore;
import dev.carillon.engine.port.facts.RetryResult;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.access.security.LocalAccess;
import dev.carillon.server.settings.StartupProblem;
import dev.carillon.server.wiring.StoreWiring;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code carillon dead-letters}: what was accepted and could not be applied. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "Lists data that was accepted and could not be applied, with the reasons, or applies it"
          + " again. A server that runs on the folder does so itself.",
      "Exits with 0 when none is left or all are listed, with 1 when some could not be applied"
          + " again, with 2 when it cannot look."
    },
    exitCodeOnExecutionException = 2)
public final class DeadLettersCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int PAGE = 1_000;

  @Parameters(index = "0", paramLabel = "ACTION", description = "list or retry")
  private String action = "list";

  @Mixin private DataOption dataOption = new DataOption();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    boolean retry = action.equals("retry");
    if (!retry && !action.equals("list")) {
      throw new StartupProblem("'" + action + "' is none of list, retry.");
    }
    Path data = dataOption.existing();
    try (FactStore facts = StoreWiring.openFacts(data, 0)) {
      facts.settle();
      return retry ? retried(facts.retryDeadLetters()) : list(facts);
    } catch (StoreInUseException running) {
      LocalServer server = LocalServer.on(data);
      return retry ? retry(server) : list(server);
    }
  }

  private int list(DeadLetterStore facts) {
    long after = 0;
    for (List<DeadLetter> page = facts.deadLetters(after, PAGE);
        !page.isEmpty();
        page = facts.deadLetters(after, PAGE)) {
      for (DeadLetter letter : page) {
        String receivedAt = letter.receivedAt() == null ? null : letter.receivedAt().toString();
        line(letter.id(), receivedAt, letter.kind(), letter.reason());
        after = letter.id();
      }
    }
    return counted(facts.deadLetters());
  }

  private int list(LocalServer server) {
    String cursor = "0";
    while (true) {
      JsonNode page =
          answer(server, "GET", LocalAccess.DEAD_LETTERS + "?limit=" + PAGE + "&cursor=" + cursor);
      for (JsonNode letter : page.get("deadLetters")) {
        JsonNode receivedAt = letter.get("receivedAt");
        line(
            Long.parseLong(letter.get("id").stringValue()),
            receivedAt == null ? null : receivedAt.stringValue(),
            letter.get("kind").stringValue(),
            letter.get("reason").stringValue());
      }
      if (!page.has("next")) {
        return counted(page.get("total").longValue());
      }
      cursor = page.get("next").stringValue();
    }
  }

  private int retry(LocalServer server) {
    JsonNode result = answer(server, "POST", LocalAccess.DEAD_LETTERS_RETRY);
    return retried(
        new RetryResult(result.get("applied").longValue(), result.get("cameBack").longValue()));
  }

  private static JsonNode answer(LocalServer server, String method, String path) {
    return server.ask(method, path, answer -> read(server, answer));
  }

  private static JsonNode read(LocalServer server, HttpResponse<Stream<String>> answer) {
    String body = answer.body().collect(Collectors.joining("\n"));
    try {
      JsonNode document = MAPPER.readTree(body);
      if (answer.statusCode() == 200) {
        return document;
      }
      if (answer.statusCode() == 503 && document.has("detail")) {
        throw new StartupProblem(document.get("detail").stringValue());
      }
    } catch (JacksonException notOurs) {
      throw server.isAnother(answer.statusCode());
    }
    throw server.isAnother(answer.statusCode());
  }

  private int counted(long letters) {
    print(letters == 0 ? "There are no dead letters." : letters + " dead letters.");
    return 0;
  }

  private int retried(RetryResult result) {
    print(
        result.applied()
            + " dead letters were applied, "
            + result.cameBack()
            + " could not be applied again"
            + (result.cameBack() == 0 ? "." : " and stay: carillon dead-letters list says why."));
    return result.cameBack() == 0 ? 0 : 1;
  }

  private void line(long id, @Nullable String receivedAt, String kind, String reason) {
    print(id + "  " + (receivedAt == null ? "-" : receivedAt) + "  " + kind + "  " + reason);
  }

  private void print(String line) {
    command.commandLine().getOut().println(line);
    command.commandLine().getOut().flush();
  }
}
