package dev.carillon.server.pages.wizard;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.server.pages.audience.FilterRow;
import dev.carillon.server.pages.audience.RuleField;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.wizard.WhatForm.VariantForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What each step of the wizard shows beside what all of them do. */
public final class WizardPages {
  private WizardPages() {}

  /**
   * @param coming the runs that the plan means, as it is kept
   */
  public record WhenPage(Wizard wizard, WhenForm form, Coming coming, @Nullable String quiet) {}

  /**
   * The runs that a plan means.
   *
   * @param runs the next ones
   * @param more whether there are more after them
   * @param ownClock whether each user gets them by the own clock
   * @param words what is to be said instead of runs; null when there are runs
   */
  public record Coming(List<Instant> runs, boolean more, boolean ownClock, @Nullable String words) {
    static Coming said(String words) {
      return new Coming(List.of(), false, false, words);
    }
  }

  /**
   * @param rule the rule builder's field, which knows segments and lists too
   * @param account what holds for all campaigns
   */
  public record WhoPage(
      Wizard wizard, WhoForm form, RuleField rule, AccountSettings account, Channel channel) {

    /** The account's frequency caps of the channel, in words; empty without any. */
    public String caps() {
      return account.caps().stream()
          .filter(cap -> cap.channel() == channel)
          .map(cap -> cap.messages() + " in " + DisplayFormat.length(cap.within()))
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * How many people a campaign means.
   *
   * @param fit who fit; null when that cannot be counted yet
   * @param reachable those of them who can be reached on the channel
   * @param held about how many of these are held out
   * @param words why it cannot be counted; null when it can
   */
  public record ReachPart(
      @Nullable Long fit, long reachable, long held, Bounds bounds, @Nullable String words) {

    static ReachPart said(String words) {
      return new ReachPart(null, 0, 0, Bounds.NONE, words);
    }

    /** About how many get the message of the first run. */
    public long target() {
      long free = reachable - held;
      return bounds.most() == null ? free : Math.min(free, bounds.most());
    }

    /** Whether a target cap keeps some of them from getting it. */
    public boolean capped() {
      return target() < reachable - held;
    }

    /** Whether the safety check would leave the run out. */
    public boolean tooMany() {
      return fit != null && bounds.safety() != null && fit > bounds.safety();
    }
  }

  /**
   * What limits a run beside its audience.
   *
   * @param most the lowest of the target caps; null without any
   * @param safety the safety check; null without one
   */
  public record Bounds(@Nullable Integer most, @Nullable Integer safety) {
    static final Bounds NONE = new Bounds(null, null);

    static Bounds of(Limits limits) {
      Limits.Target target = limits.target();
      return new Bounds(
          lowest(target.overall(), target.perRun(), target.perDay()), limits.safety());
    }

    static @Nullable Integer lowest(@Nullable Integer... caps) {
      Integer lowest = null;
      for (Integer cap : caps) {
        lowest = cap == null || (lowest != null && lowest < cap) ? lowest : cap;
      }
      return lowest;
    }
  }

  /**
   * @param templates the part of each variant in which its template is picked
   * @param properties properties of people, to be written into texts; most frequent first
   */
  public record WhatPage(
      Wizard wizard,
      WhatForm form,
      List<TemplatePart> templates,
      List<Connected> connections,
      List<PropertyText> properties,
      PreviewPart preview) {

    /** A variant with its template. */
    public record Entry(VariantForm variant, TemplatePart template) {}

    /** All three variants. */
    public List<Entry> entries() {
      return IntStream.range(0, templates.size())
          .mapToObj(i -> new Entry(form.variants().get(i), templates.get(i)))
          .toList();
    }
  }

  /**
   * What a message becomes for somebody.
   *
   * @param person whose data fills it; empty when no one is known yet
   * @param name how the person is called; the identity where there is no name
   * @param bubbles one a variant
   */
  public record PreviewPart(String person, String name, List<Bubble> bubbles) {
    static final PreviewPart NONE = new PreviewPart("", "", List.of());
  }

  /**
   * One message as a person would see it.
   *
   * @param title name of the variant; empty for a single message
   * @param media what the header holds besides text, such as image; null without
   * @param buttons the words on the buttons
   * @param failures why it cannot be filled for this person
   */
  public record Bubble(
      String title,
      @Nullable String media,
      List<Stretch> header,
      List<Stretch> body,
      String footer,
      List<String> buttons,
      List<String> failures) {}

  /**
   * A stretch of a message's text.
   *
   * @param filled whether the person's data, or what was typed, filled it
   */
  public record Stretch(String text, boolean filled) {}

  /**
   * People to preview with.
   *
   * @param chosen identity of the one who is chosen
   */
  public record PickPart(List<Choice> people, String chosen, String search) {}

  /** Somebody to choose. */
  public record Choice(String identity, String name) {}

  /**
   * The people a message cannot be filled for.
   *
   * @param looked how many people were checked
   * @param everybody whether these are all
   * @param failing people it fails for, at most as many as a page can show
   * @param count how many there are
   * @param words shown instead; null when somebody was checked
   */
  public record CheckPart(
      int looked, boolean everybody, List<Failure> failing, int count, @Nullable String words) {}

  /**
   * @param address the person's page
   * @param variant name of the variant; empty for a single message
   */
  public record Failure(String identity, String address, String variant, String reason) {}

  /**
   * The senders of the goal's event.
   *
   * @param isPublic whether it came by keys of apps and pages
   * @param any whether such events count
   */
  public record TrustPart(boolean isPublic, boolean any) {}

  /**
   * @param known labels in use
   * @param events names of events, for suggestions
   * @param properties names of the event's properties, for suggestions
   * @param trust a remark on the senders of the event
   */
  public record LabelsPage(
      Wizard wizard,
      LabelsForm form,
      List<String> known,
      List<String> events,
      List<String> properties,
      TrustPart trust) {

    /** The filters with one more to fill. */
    public List<FilterRow> rows() {
      List<FilterRow> rows = new ArrayList<>(form.goal().filters());
      rows.add(FilterRow.EMPTY);
      return List.copyOf(rows);
    }
  }

  /**
   * @param words the campaign in plain words, a sentence each
   * @param now whether it would start at once
   */
  public record OverviewPage(Wizard wizard, List<String> words, boolean now) {}

  /**
   * What another one changed meanwhile.
   *
   * @param parts what was changed, part by part
   * @param others who did, with the time
   * @param sent all that was typed, to be sent again, by field
   */
  public record ConflictPage(
      Wizard wizard, List<ConflictPart> parts, String others, Map<String, List<String>> sent) {}

  /**
   * A part of a campaign that somebody else changed.
   *
   * @param member its JSON name
   * @param title its name
   * @param before how it was when the form was opened
   * @param theirs how it is now
   * @param mine how the form has it; null where the form does not decide it, or has it as it was
   * @param by who changed it, and when
   */
  public record ConflictPart(
      String member,
      String title,
      String before,
      String theirs,
      @Nullable String mine,
      String by) {}

  /**
   * What others have changed in a campaign since it was opened.
   *
   * @param parts what was changed, part by part
   * @param others who did, with the time; empty when only the status was changed
   */
  public record Meanwhile(List<ConflictPart> parts, String others) {}

  /** Whether a campaign is sent when it is launched. */
  static boolean atOnce(@Nullable When when) {
    return when instanceof When.Now;
  }
}
