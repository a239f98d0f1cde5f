package dev.carillon.server.pages.connections;

import dev.carillon.engine.callback.CallbackHealth;
import dev.carillon.engine.callback.ConnectionHealth;
import dev.carillon.engine.connection.ConnectionChange;
import dev.carillon.engine.connection.ConnectionProblemsException;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ConnectionTest;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.Provider;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Parameters;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.settings.PublicAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Connections to providers: how they fare, their callback address, and their settings. */
@Controller
public class ConnectionsController {
  private final Pages pages;
  private final ConnectionService book;
  private final CallbackHealth health;
  private final PublicAddress address;
  private final Intake intake;

  ConnectionsController(
      Pages pages,
      ConnectionService book,
      CallbackHealth health,
      PublicAddress address,
      Intake intake) {
    this.intake = intake;
    this.pages = pages;
    this.book = book;
    this.health = health;
    this.address = address;
  }

  public record Line(Connected connected, ConnectionHealth health) {}

  /**
   * All connections.
   *
   * @param placeholderIds ids that were none, in what came in since the start
   */
  public record All(List<Line> lines, long placeholderIds) {}

  @GetMapping("/connections")
  View list() {
    List<Line> lines =
        book.connections().stream()
            .map(connected -> new Line(connected, health.health(connected)))
            .toList();
    return pages.page(
        Section.CONNECTIONS,
        "Connections",
        "connections/list.jte",
        new All(lines, intake.placeholderIds()));
  }

  /**
   * One connection.
   *
   * @param testable whether the provider can prove the settings
   * @param outcome what such a proof showed; null when none was asked for
   */
  public record One(
      Connected connected,
      ConnectionHealth health,
      String callbackUrl,
      boolean testable,
      ConnectionTest.@Nullable Outcome outcome) {

    /** Whether its provider ever calls. */
    public boolean callsBack() {
      return !connected.provider().capabilities().callbackMethods().isEmpty();
    }
  }

  @GetMapping("/connections/{id:\\d+}")
  View one(@PathVariable int id, HttpServletRequest request) {
    return one(find(id), request, null);
  }

  /** Asks the provider whether the connection works; nothing is sent to anybody. */
  @PostMapping("/connections/{id:\\d+}/test")
  View test(@PathVariable int id, HttpServletRequest request) {
    Connected connected = find(id);
    ConnectionTest test =
        connected
            .provider()
            .connectionTest()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return one(connected, request, test.test(connected.connection()));
  }

  private View one(
      Connected connected, HttpServletRequest request, ConnectionTest.@Nullable Outcome outcome) {
    Connection connection = connected.connection();
    return pages.page(
        Section.CONNECTIONS,
        connection.name(),
        "connections/one.jte",
        new One(
            connected,
            health.health(connected),
            address.of(request, "/hooks/" + connection.id()),
            connected.provider().connectionTest().isPresent(),
            outcome));
  }

  /**
   * The form of a connection.
   *
   * @param id null for a new one
   * @param values what the fields hold; never a secret
   * @param secretsSet the secrets that are kept already
   * @param problems what is wrong, by field
   */
  public record Form(
      @Nullable Integer id,
      Provider provider,
      String name,
      Map<String, String> values,
      List<String> secretsSet,
      Map<String, String> problems) {

    public String action() {
      return id == null ? "/connections?type=" + provider.type() : "/connections/" + id;
    }

    /** What the form says of a field. */
    public String hint(Provider.Field field) {
      boolean kept = secretsSet.contains(field.name()) && !problems.containsKey(field.name());
      return field.help()
          + switch (field.kind()) {
            case SETTING -> "";
            case ADDRESS ->
                secretsSet.isEmpty()
                    ? ""
                    : " With another scheme, host or port, enter all secrets anew.";
            case SECRET ->
                kept
                    ? " One is kept; leave this empty to keep it."
                    : " It is kept encrypted and never shown again.";
          };
    }

    public String value(Provider.Field field) {
      String known = values.get(field.name());
      String initial = id == null && field.initial() != null ? field.initial() : "";
      return known == null ? initial : known;
    }
  }

  /** The types to choose from. */
  public record Types(Collection<Provider> providers) {}

  @GetMapping("/connections/new")
  View fresh(@RequestParam(defaultValue = "") String type) {
    List<Provider> providers =
        book.providers().stream().sorted(Comparator.comparing(Provider::type)).toList();
    Provider provider =
        providers.size() == 1 ? providers.getFirst() : book.provider(type).orElse(null);
    return provider == null
        ? pages.page(
            Section.CONNECTIONS, "New connection", "connections/types.jte", new Types(providers))
        : form(new Form(null, provider, "", Map.of(), List.of(), Map.of()));
  }

  @GetMapping("/connections/{id:\\d+}/edit")
  View edit(@PathVariable int id) {
    Connected connected = find(id);
    Map<String, String> values = new LinkedHashMap<>();
    connected
        .connection()
        .settings()
        .forEach((name, value) -> values.put(name, String.valueOf(value)));
    return form(
        new Form(
            id,
            connected.provider(),
            connected.connection().name(),
            values,
            secretsSet(connected),
            Map.of()));
  }

  @PostMapping("/connections")
  View create(@RequestParam String type, HttpServletRequest request, RedirectAttributes next) {
    Provider provider =
        book.provider(type).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Sent sent = Sent.of(provider, request);
    try {
      ConnectionChange change = book.create(type, sent.name(), sent.settings(), sent.secrets());
      AuditLog.detail(request, change.words());
      return Redirects.withNotice(
          "The connection is set up. Enter the callback address below at the provider.",
          next,
          "/connections/" + change.after().connection().id());
    } catch (ConnectionProblemsException refused) {
      return form(
          new Form(null, provider, sent.name(), sent.values(), List.of(), problems(refused)));
    }
  }

  @PostMapping("/connections/{id:\\d+}")
  View change(@PathVariable int id, HttpServletRequest request, RedirectAttributes next) {
    Connected before = find(id);
    Sent sent = Sent.of(before.provider(), request);
    try {
      book.change(id, sent.name(), sent.settings(), sent.secrets())
          .ifPresent(change -> AuditLog.detail(request, change.words()));
      return Redirects.withNotice("The connection is changed.", next, "/connections/" + id);
    } catch (ConnectionProblemsException refused) {
      return form(
          new Form(
              id,
              before.provider(),
              sent.name(),
              sent.values(),
              secretsSet(before),
              problems(refused)));
    }
  }

  /** What a browser sent: empty fields are not given. */
  private record Sent(
      String name,
      Map<String, String> values,
      Map<String, Object> settings,
      Map<String, String> secrets) {

    static Sent of(Provider provider, HttpServletRequest request) {
      Map<String, String[]> parameters = request.getParameterMap();
      Map<String, String> values = new LinkedHashMap<>();
      Map<String, Object> settings = new LinkedHashMap<>();
      Map<String, String> secrets = new LinkedHashMap<>();
      for (Provider.Field field : provider.fields()) {
        String value = Parameters.text(parameters, "f." + field.name()).orElse("");
        if (field.secret()) {
          if (!value.isEmpty()) {
            secrets.put(field.name(), value);
          }
        } else {
          values.put(field.name(), value);
          if (!value.isEmpty()) {
            settings.put(field.name(), value.matches("\\d{1,9}") ? typed(field, value) : value);
          }
        }
      }
      String name = Parameters.text(parameters, "connection").orElse("");
      return new Sent(name, values, settings, secrets);
    }

    /** A field whose initial value is a number holds numbers; others, such as ids, hold text. */
    private static Object typed(Provider.Field field, String value) {
      String initial = field.initial();
      return initial != null && initial.matches("\\d{1,9}")
          ? (Object) Integer.valueOf(value)
          : value;
    }
  }

  private static Map<String, String> problems(ConnectionProblemsException refused) {
    Map<String, String> problems = new LinkedHashMap<>();
    refused.problems().forEach(problem -> problems.put(problem.field(), problem.words()));
    return problems;
  }

  private static List<String> secretsSet(Connected connected) {
    return connected.connection().secrets().keySet().stream().sorted().toList();
  }

  private View form(Form form) {
    return pages.page(
        form.problems().isEmpty() ? 200 : 422,
        Section.CONNECTIONS,
        form.id() == null ? "New connection" : "Edit " + form.name(),
        "connections/form.jte",
        form);
  }

  private Connected find(int id) {
    return book.connection(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
