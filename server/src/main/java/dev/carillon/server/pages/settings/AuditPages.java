package dev.carillon.server.pages.settings;

import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.access.AuditPage;
import dev.carillon.engine.port.access.AuditPlace;
import dev.carillon.engine.port.access.AuditQuery;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Parameters;
import dev.carillon.server.pages.frame.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The page of the audit log: who did and read what, when. */
@Controller
public class AuditPages {
  private static final int SIZE = 100;

  /** Names and actions of so many latest entries are suggested. */
  private static final int LOOKED_AT = 1_000;

  private final Pages pages;
  private final AuditStore store;
  private final PeopleReads reads;
  private final Account account;

  AuditPages(Pages pages, AuditStore store, PeopleReads reads, Account account) {
    this.pages = pages;
    this.store = store;
    this.reads = reads;
    this.account = account;
  }

  /**
   * A part of the log.
   *
   * @param names of those who acted recently
   * @param actions that were done lately, and what they begin with
   * @param next address of what came before; null at the beginning of the log
   */
  public record Log(
      Filters filters,
      List<Line> lines,
      Set<String> names,
      Set<String> actions,
      @Nullable String next) {

    public String csv() {
      return "/api/v1/audit.csv" + filters.text(null);
    }
  }

  /**
   * What the log is narrowed to, as it was typed; empty for nothing.
   *
   * @param from first day
   * @param to last day
   */
  public record Filters(String from, String to, String who, String action) {

    public boolean narrowed() {
      return !(from + to + who + action).isEmpty();
    }

    /** As the query of an address. */
    String text(@Nullable String cursor) {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("from", from);
      parameters.put("to", to);
      parameters.put("who", who);
      parameters.put("action", action);
      parameters.put("cursor", cursor == null ? "" : cursor);
      String text =
          parameters.entrySet().stream()
              .filter(parameter -> !parameter.getValue().isEmpty())
              .map(pair -> pair.getKey() + "=" + Parameters.encoded(pair.getValue()))
              .collect(Collectors.joining("&"));
      return text.isEmpty() ? "" : "?" + text;
    }
  }

  /** An entry as the page shows it. */
  public record Line(AuditEntry entry) {

    /** What acted, beside its name; empty where the name says it. */
    public String kind() {
      Actor who = entry.who();
      return switch (who.kind()) {
        case LOGIN -> "login";
        case API_KEY -> who.keyId() == null ? "API key" : "API key " + who.keyId();
        case COMMAND, SYSTEM, ANONYMOUS -> "";
        case UNRECORDED -> "login or API key";
      };
    }

    /** The page of what it is about; null when there is none. */
    public @Nullable String address() {
      String place = place();
      return place == null || !entry.subject().matches("\\d{1,9}")
          ? null
          : place + "/" + entry.subject();
    }

    private @Nullable String place() {
      String action = entry.action();
      return switch (action.substring(0, Math.max(action.indexOf('.'), 0))) {
        case "campaign" -> "/campaigns";
        case "segment" -> "/segments";
        case "list" -> "/lists";
        case "connection" -> "/connections";
        case "people" ->
            switch (action) {
              case "people.segment" -> "/segments";
              case "people.list", "people.listRows" -> "/lists";
              default -> "/campaigns";
            };
        default -> null;
      };
    }
  }

  @GetMapping("/settings/audit")
  View log(
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String cursor) {
    Instant first = day(from, 0);
    Instant until = day(to, 1);
    Filters filters =
        new Filters(
            first == null ? "" : from.strip(),
            until == null ? "" : to.strip(),
            who.strip(),
            action.strip());
    reads.settle();
    AuditPage page =
        store.auditPage(
            new AuditQuery(
                first,
                until,
                filters.who().isEmpty() ? null : filters.who(),
                filters.action().isEmpty() ? null : filters.action(),
                AuditPlace.ofWord(cursor).orElse(null),
                SIZE));
    Set<String> names = new TreeSet<>();
    Set<String> actions = new TreeSet<>();
    for (AuditEntry entry : store.auditLog(LOOKED_AT)) {
      names.add(entry.who().name());
      actions.add(entry.action());
      actions.add(entry.action().replaceFirst("\\..*", ""));
    }
    AuditPlace next = page.next();
    return pages.page(
        Section.SETTINGS,
        "Audit log",
        "settings/audit.jte",
        new Log(
            filters,
            page.entries().stream().map(Line::new).toList(),
            names,
            actions,
            next == null ? null : "/settings/audit" + filters.text(next.word())));
  }

  /** The beginning of a day, or of one after it; null when it is none. */
  private @Nullable Instant day(String text, int later) {
    try {
      Instant at =
          LocalDate.parse(text.strip()).plusDays(later).atStartOfDay(account.zone()).toInstant();
      return AuditQuery.possible(at) ? at : null;
    } catch (DateTimeException notADay) {
      return null;
    }
  }
}
