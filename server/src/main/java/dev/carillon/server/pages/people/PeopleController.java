package dev.carillon.server.pages.people;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.port.people.Person;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.pages.frame.Numbers;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Parameters;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.statistics.StatisticsQuery;
import dev.carillon.server.pages.wording.FactText;
import dev.carillon.server.pages.wording.MessageEvent;
import dev.carillon.server.pages.wording.SetText;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.View;

/** The people behind numbers, and the life of one message. */
@Controller
public class PeopleController {
  private static final int SIZE = 50;

  private final Pages pages;
  private final Numbers numbers;
  private final CampaignService campaigns;
  private final MessageLifeStore facts;
  private final PeopleReads reads;

  PeopleController(
      Pages pages,
      Numbers numbers,
      CampaignService campaigns,
      MessageLifeStore facts,
      PeopleReads reads) {
    this.reads = reads;
    this.pages = pages;
    this.numbers = numbers;
    this.campaigns = campaigns;
    this.facts = facts;
  }

  /** Whether somebody can be reached on WhatsApp, and why not. */
  public static String whatsapp(Person person) {
    if (!person.subscribed().getOrDefault(Channel.WHATSAPP, true)) {
      return "Unsubscribed";
    }
    Set<EndpointKind> kinds = Channel.WHATSAPP.endpoints();
    if (person.endpoints().first(kinds) != null) {
      return "Can be reached";
    }
    return person.endpoints().isGiven(kinds) ? "Phone number not valid" : "No phone number";
  }

  /**
   * The people behind a number.
   *
   * @param title what they have in common
   * @param meaning the same in a sentence
   * @param back address of the statistics with the same filter
   * @param next address of the next people; null after the last
   */
  public record Behind(
      Campaign campaign,
      String title,
      String meaning,
      boolean narrowed,
      List<MessagePerson> people,
      String back,
      @Nullable String next) {}

  @GetMapping("/campaigns/{id:\\d+}/people")
  View behind(
      @PathVariable int id,
      @RequestParam(defaultValue = "") String set,
      HttpServletRequest request) {
    Campaign campaign = campaigns.find(id);
    ReportSet wanted = ReportSet.parse(set).orElseThrow(PeopleController::notFound);
    StatisticsQuery query = StatisticsQuery.of(request.getParameterMap());
    Integer after = Parameters.number(request.getParameterMap(), "cursor", 0);
    List<MessagePerson> found =
        numbers.people(id, query.filter(), wanted, after == null ? -1 : after, SIZE + 1);
    List<MessagePerson> shown = found.subList(0, Math.min(SIZE, found.size()));
    reads.noteBehind(id, wanted, shown.size());
    String next =
        found.size() > SIZE
            ? "/campaigns/"
                + id
                + "/people"
                + query.text(Map.of("set", set, "cursor", Integer.toString(shown.getLast().seq())))
            : null;
    SetText words = SetText.of(wanted);
    return pages.page(
        Section.CAMPAIGNS,
        words.title() + ": " + campaign.definition().name(),
        "people/behind.jte",
        new Behind(
            campaign,
            words.title(),
            words.meaning(),
            query.narrowed(),
            shown,
            "/campaigns/" + id + query.text(),
            next));
  }

  /**
   * The life of one message.
   *
   * @param events what became known of it, earliest first
   * @param callbacks the raw callbacks, as pretty JSON where they are JSON
   */
  public record OneMessage(
      Campaign campaign, MessageLife life, List<MessageEvent> events, List<Raw> callbacks) {}

  public record Raw(Instant receivedAt, String text) {}

  @GetMapping("/campaigns/{id:\\d+}/messages/{seq:\\d+}")
  View message(@PathVariable int id, @PathVariable int seq) {
    Campaign campaign = campaigns.find(id);
    MessageLife life = facts.life(new MessageRef(id, seq)).orElseThrow(PeopleController::notFound);
    reads.note(PeopleReads.Kind.MESSAGE, Integer.toString(id), "", 1);
    List<MessageEvent> events = new ArrayList<>();
    for (Fact fact : life.facts()) {
      events.add(FactText.of(fact));
    }
    life.goalEvents()
        .forEach(
            event ->
                events.add(
                    new MessageEvent(
                        event.at(), event.at(), "converted", "Did the goal event", "")));
    events.sort(Comparator.comparing(MessageEvent::at));
    List<Raw> callbacks =
        life.callbacks().stream()
            .map((Entry.RawCallback raw) -> new Raw(raw.receivedAt(), pretty(raw)))
            .toList();
    return pages.page(
        Section.CAMPAIGNS,
        "Message " + seq + " of " + campaign.definition().name(),
        "people/message.jte",
        new OneMessage(campaign, life, List.copyOf(events), callbacks));
  }

  private static String pretty(Entry.RawCallback raw) {
    return FormattedJson.pretty(new String(raw.body(), StandardCharsets.UTF_8));
  }

  private static ResponseStatusException notFound() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
