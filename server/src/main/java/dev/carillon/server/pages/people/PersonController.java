package dev.carillon.server.pages.people;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.people.SearchReader;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.MergedIdentity;
import dev.carillon.engine.port.people.PeoplePlace;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.PeopleTotals;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelinePlace;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Parameters;
import dev.carillon.server.pages.frame.PersonLink;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** People by search, and one person. */
@Controller
public class PersonController {
  private static final int SIZE = 50;

  private final Pages pages;
  private final CampaignStore campaigns;
  private final PeopleStore facts;
  private final Intake intake;
  private final Account account;
  private final InstantSource clock;
  private final PeopleReads reads;
  private final SearchReader searches = new SearchReader();

  PersonController(
      Pages pages,
      CampaignStore campaigns,
      PeopleStore facts,
      Intake intake,
      Account account,
      InstantSource clock,
      PeopleReads reads) {
    this.reads = reads;
    this.pages = pages;
    this.campaigns = campaigns;
    this.facts = facts;
    this.intake = intake;
    this.account = account;
    this.clock = clock;
  }

  /**
   * People by search.
   *
   * @param search what was asked for; empty for nothing yet
   * @param next address of the next people; null after the last
   */
  public record Found(
      String search, List<Person> people, PeopleTotals totals, @Nullable String next) {}

  @GetMapping("/people")
  View search(
      @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String cursor) {
    String asked = q.strip();
    String text = asked.substring(0, Math.min(SearchReader.LONGEST, asked.length()));
    PeoplePlace after = PeoplePlace.ofWord(cursor).orElse(null);
    Evaluation evaluation = new Evaluation(clock.instant(), account.zone());
    List<Person> found =
        text.isEmpty()
            ? List.of()
            : facts.searchPeople(searches.read(text, evaluation, after, SIZE + 1));
    List<Person> shown = found.subList(0, Math.min(SIZE, found.size()));
    if (!text.isEmpty()) {
      reads.note(PeopleReads.Kind.SEARCH, shown.size());
    }
    String next =
        found.size() > SIZE
            ? "/people?q=" + Parameters.encoded(text) + "&cursor=" + shown.getLast().place().word()
            : null;
    return pages.page(
        Section.PEOPLE,
        "People",
        "people/search.jte",
        new Found(text, shown, facts.totals(), next));
  }

  /**
   * One person.
   *
   * @param timeline a part of the timeline
   * @param kinds the kinds that the timeline is narrowed to; empty for all
   * @param campaigns names of campaigns by id
   * @param next address of what came before the shown part of the timeline; null at the beginning
   */
  public record OnePerson(
      Person person,
      List<PropertyLine> properties,
      List<ChannelConsent> consents,
      List<MergedIdentity> merged,
      List<Timeline.Entry> timeline,
      Set<Timeline.Kind> kinds,
      Map<Integer, String> campaigns,
      @Nullable String next) {

    /** What the page calls the person. */
    public String title() {
      String name = person.name();
      return name == null ? person.identity().value() : name;
    }

    /** The name of a campaign, or its number where it is gone. */
    public String campaign(int id) {
      return campaigns.getOrDefault(id, "campaign " + id);
    }
  }

  @GetMapping("/people/person")
  View person(
      @RequestParam String id,
      @RequestParam(required = false) @Nullable List<String> kind,
      @RequestParam(defaultValue = "") String before) {
    Person person = find(id).orElseThrow(PersonController::notFound);
    reads.note(PeopleReads.Kind.PERSON, 1);
    Set<Timeline.Kind> kinds = EnumSet.noneOf(Timeline.Kind.class);
    if (kind != null) {
      kind.forEach(key -> Timeline.Kind.ofKey(key).ifPresent(kinds::add));
    }
    TimelinePlace place =
        before.isEmpty()
            ? null
            : TimelinePlace.ofWord(before).orElseThrow(PersonController::notFound);
    Timeline timeline =
        facts.timeline(
            person.userKey(),
            new TimelineQuery(
                kinds.isEmpty() ? EnumSet.allOf(Timeline.Kind.class) : kinds, place, SIZE));
    OnePerson model =
        new OnePerson(
            person,
            FormattedJson.properties(person.properties()),
            facts.consents(person.userKey()),
            facts.mergedIdentities(person.userKey()),
            timeline.entries(),
            kinds,
            names(timeline),
            next(person, kinds, timeline));
    return pages.page(Section.PEOPLE, model.title(), "people/person.jte", model);
  }

  private Map<Integer, String> names(Timeline timeline) {
    Map<Integer, String> names = new HashMap<>();
    for (Timeline.Entry entry : timeline.entries()) {
      if (entry instanceof Timeline.OfMessage of) {
        names.computeIfAbsent(
            of.message().campaign(),
            campaign ->
                campaigns
                    .campaign(campaign)
                    .map(known -> known.definition().name())
                    .orElse("campaign " + campaign));
      }
    }
    return names;
  }

  private static @Nullable String next(Person person, Set<Timeline.Kind> kinds, Timeline timeline) {
    TimelinePlace place = timeline.next();
    if (place == null) {
      return null;
    }
    StringBuilder address = new StringBuilder(PersonLink.address(person.identity()));
    kinds.forEach(kind -> address.append("&kind=").append(kind.key()));
    return address.append("&before=").append(Parameters.encoded(place.word())).toString();
  }

  /** A person who is about to be deleted. */
  public record Deletion(Person person) {}

  @GetMapping("/people/delete")
  View askToDelete(@RequestParam String id) {
    Person person = find(id).orElseThrow(PersonController::notFound);
    reads.note(PeopleReads.Kind.PERSON, 1);
    return pages.page(
        Section.PEOPLE, "Delete this person?", "people/delete.jte", new Deletion(person));
  }

  @PostMapping("/people/delete")
  View delete(@RequestParam String id, RedirectAttributes next) {
    Person person = find(id).orElseThrow(PersonController::notFound);
    intake.accept(List.of(new Entry.Erasure(person.identity(), clock.instant())));
    facts.settle();
    return Redirects.withNotice(
        "The person is deleted. Numbers of campaigns stay.", next, "/people");
  }

  private Optional<Person> find(String stored) {
    try {
      return facts.person(Identity.ofStored(stored));
    } catch (IllegalArgumentException notAnIdentity) {
      return Optional.empty();
    }
  }

  private static ResponseStatusException notFound() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
