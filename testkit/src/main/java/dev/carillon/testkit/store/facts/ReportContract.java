package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.Definitions.sections;
import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.phone;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.profile;
import static dev.carillon.testkit.store.FactEntries.reply;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.SystemControlGroup;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.testkit.SettableTime;
import dev.carillon.testkit.figures.MemoryFigureStore;
import dev.carillon.testkit.history.RandomHistory;
import dev.carillon.testkit.sending.DefinitionBuilder;
import dev.carillon.testkit.sending.MemoryCampaignStore;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every number of a report equals the store's own recount, whether the ledger was kept live, loaded
 * from a snapshot or made anew, for any facts whatever.
 */
interface ReportContract extends FactStoreKit<FactStore> {
  int PEOPLE = 50;

  int LOOKS = 30;
  int MOST_RUNS = 20;

  /** What the store derives by itself. */
  Set<FactKind> DERIVED =
      EnumSet.of(
          FactKind.REPLIED,
          FactKind.CONVERTED,
          FactKind.VIEW_CONVERTED,
          FactKind.CLICK_CONVERTED,
          FactKind.CONVERSION_SHARED);

  @RepeatedTest(4)
  default void reportsEqualTheRecount(RepetitionInfo repetition) {
    long seed = 7_300L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    Book book = Book.of(store());
    List<Entry> entries = anything(random, book.planned);
    try (Reports live = book.reports(store())) {
      for (int from = 0; from < entries.size(); from += 60) {
        store().append(entries.subList(from, Math.min(entries.size(), from + 60)));
        assertThat(live.report(book.campaign, ReportFilter.NONE).counts().planned())
            .isEqualTo(book.planned);
        if (random.nextInt(4) == 0) {
          store().snapshotLedger(book.campaign.id(), ZONE);
        }
      }
      agree(live, store(), book, seed);
      Report report = live.report(book.campaign, ReportFilter.NONE);
      try (Reports anew = book.reports(store())) {
        assertThat(anew.report(book.campaign, ReportFilter.NONE)).isEqualTo(report);
      }
      FactStore again = reopened();
      try (Reports reopened = book.reports(again)) {
        assertThat(reopened.report(book.campaign, ReportFilter.NONE)).isEqualTo(report);
        agree(reopened, again, book, seed);
      }
    }
  }

  /** Days are of the zone that the account has now, whatever ledger or snapshot was made before. */
  @Test
  default void anotherZonePutsEverythingIntoItsDays() {
    Book book = Book.of(store());
    AtomicReference<AccountSettings> settings =
        new AtomicReference<>(AccountSettings.first(ZoneId.of("Pacific/Apia"), "INR"));
    Account account = () -> Objects.requireNonNull(settings.get());
    book.accept(store(), 0, book.planned);
    try (Reports reports = book.reports(store(), account)) {
      Verification verification = new Verification(reports, store(), account);
      for (String zone : List.of("Pacific/Apia", "America/Los_Angeles", "Pacific/Apia")) {
        settings.set(AccountSettings.first(ZoneId.of(zone), "INR"));
        Report report = reports.report(book.campaign, ReportFilter.NONE);
        assertThat(report.trend().daily())
            .extracting(Trend.Bucket::from)
            .containsExactly(NOW.atZone(ZoneId.of(zone)).toLocalDate());
        assertThat(verification.verify(book.campaign).differences()).isEmpty();
        store().snapshotLedger(book.campaign.id(), ZoneId.of(zone));
      }
    }
  }

  @Test
  default void weeksBeginAsTheAccountSays() {
    Book book = Book.of(store());
    book.accept(store(), 0, book.planned);
    for (DayOfWeek first : DayOfWeek.values()) {
      AccountSettings settings =
          new AccountSettings(ZONE, first, "INR", null, List.of(), SystemControlGroup.NONE);
      try (Reports reports = book.reports(store(), Account.of(settings))) {
        assertThat(reports.report(book.campaign, ReportFilter.NONE).trend().weekly())
            .singleElement()
            .satisfies(
                week -> {
                  assertThat(week.from().getDayOfWeek()).isEqualTo(first);
                  assertThat(week.from())
                      .isBetween(
                          NOW.atZone(ZONE).toLocalDate().minusDays(6),
                          NOW.atZone(ZONE).toLocalDate());
                });
      }
    }
  }

  @Test
  default void aNumberOpensToThePeopleBehindIt() {
    Book book = Book.of(store());
    try (Reports reports = book.reports(store())) {
      Report report = reports.report(book.campaign, ReportFilter.NONE);
      ReportSet set = new ReportSet.Suppressed("noAddress");
      List<MessagePerson> first = reports.people(book.campaign, set, ReportFilter.NONE, -1, 1);
      List<MessagePerson> rest =
          reports.people(book.campaign, set, ReportFilter.NONE, first.getFirst().seq(), 1_000);
      assertThat(report.errors().suppressed())
          .anySatisfy(
              line -> {
                assertThat(line.reason()).isEqualTo("noAddress");
                assertThat(line.count()).isEqualTo(1 + rest.size());
              });
      assertThat(first.getFirst().address()).isNull();
      assertThat(Objects.requireNonNull(first.getFirst().identity()).value()).startsWith("nobody");
    }
  }

  /** Facts come without end and runs are planned, and yet no number ever differs. */
  @Test
  @Timeout(120)
  default void bothCountsAreOfOneMomentWhileFactsCome() throws Exception {
    Book book = Book.of(store());
    AtomicBoolean enough = new AtomicBoolean();
    try (Reports reports = book.reports(store());
        ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
      book.accept(store(), 0, book.planned);
      Future<Integer> appended =
          elsewhere.submit(
              () -> {
                int n = 0;
                for (; !enough.get(); n++) {
                  store().append(more(n));
                  if (n % 40 == 39 && book.runs < MOST_RUNS) {
                    book.planAnother(store());
                  }
                }
                return n;
              });
      try {
        Verification verification = new Verification(reports, store(), Account.in(ZONE));
        Set<Long> seen = new HashSet<>();
        for (int look = 0; look < LOOKS || seen.size() < LOOKS / 2; look++) {
          assertThat(verification.verify(book.campaign).differences()).isEmpty();
          seen.add(
              reports
                  .report(book.campaign, ReportFilter.NONE.counting(Counting.TOTAL))
                  .counts()
                  .of(Measure.REPLIED));
        }
      } finally {
        enough.set(true);
      }
      assertThat(appended.get()).isGreaterThan(LOOKS);
      agree(reports, store(), book, 0);
    }
  }

  private static List<Entry> more(int number) {
    Instant at = NOW.plusSeconds(number);
    return List.of(
        reply(phone(number % PEOPLE), "more" + number, at, null),
        charged(user(number % PEOPLE), 1_000_000L + number, at, "2.50"));
  }

  /**
   * Every number still equals the recount after users were deleted, and again after all their
   * records came once more; conversions and revenue stay what they were.
   */
  @RepeatedTest(3)
  default void reportsEqualTheRecountWithoutTheDeleted(RepetitionInfo repetition) {
    long seed = 7_400L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    Book book = Book.of(store());
    List<Entry> entries = anything(random, book.planned);
    List<Entry> erasures = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i += 1 + random.nextInt(3)) {
      erasures.add(new Entry.Erasure(Identity.user(user(i)), NOW.plus(Duration.ofDays(400))));
    }
    try (Reports live = book.reports(store())) {
      appendAndSettle(store(), entries);
      agree(live, store(), book, seed);
      Report before = live.report(book.campaign, ReportFilter.NONE);
      if (random.nextBoolean()) {
        store().snapshotLedger(book.campaign.id(), ZONE);
      }
      appendAndSettle(store(), erasures);
      agree(live, store(), book, seed);
      List<Entry> again = new ArrayList<>(entries);
      Collections.shuffle(again, random);
      appendAndSettle(store(), again);
      agree(live, store(), book, seed);
      Report after = live.report(book.campaign, ReportFilter.NONE);
      assertThat(after.conversion()).as("seed %s", seed).isEqualTo(before.conversion());
      assertThat(after.revenue()).as("seed %s", seed).isEqualTo(before.revenue());
    }
    FactStore again = reopened();
    try (Reports reopened = book.reports(again)) {
      agree(reopened, again, book, seed);
    }
  }

  private static void agree(Reports reports, FactStore store, Book book, long seed) {
    Verification.Result result =
        new Verification(reports, store, Account.in(ZONE)).verify(book.campaign);
    assertThat(result.differences()).as("seed %s", seed).isEmpty();
    assertThat(result.compared()).isGreaterThan(20);
    Report report = reports.report(book.campaign, ReportFilter.NONE.counting(Counting.UNIQUE));
    assertThat(report.counts().sent()).isPositive();
  }

  /** Facts in contradiction to each other, purchases and replies, shuffled and repeated. */
  private static List<Entry> anything(Random random, int planned) {
    List<Entry> entries = new ArrayList<>();
    for (Fact fact : RandomHistory.of(random, planned).facts()) {
      if (!DERIVED.contains(fact.kind())) {
        entries.add(
            new Entry.OfFact(
                new Fact(
                    1,
                    fact.seq() % planned,
                    fact.kind(),
                    fact.detail(),
                    fact.event(),
                    NOW.plusSeconds(random.nextInt(400_000)),
                    fact.receivedAt(),
                    fact.text(),
                    0)));
      }
    }
    for (int i = 0; i < PEOPLE; i++) {
      String amount = random.nextInt(1, 900) + "." + random.nextInt(10, 99);
      entries.add(charged(user(i), i, NOW.plusSeconds(random.nextInt(500_000)), amount));
      if (random.nextInt(3) == 0) {
        entries.add(reply(phone(i), "in" + i, NOW.plusSeconds(random.nextInt(500_000)), null));
      }
    }
    Collections.shuffle(entries, random);
    entries.addAll(entries.subList(0, entries.size() / 5));
    return entries;
  }

  /** A planned campaign, and the books that know of it. */
  final class Book {
    private final MemoryCampaignStore campaigns = new MemoryCampaignStore();
    private final SettableTime time = new SettableTime(NOW);
    private final Campaign campaign;
    private final int planned;
    private int runs = 1;

    private Book(FactStore store) {
      List<Entry> people = new ArrayList<>(users(PEOPLE));
      for (int i = 0; i < 5; i++) {
        people.add(profile("nobody" + i, "{\"Name\":\"No phone\"}", NOW.minusSeconds(60)));
      }
      appendAndSettle(store, people);
      campaign =
          campaigns.createCampaign(
              DefinitionBuilder.named("Diwali sale")
                  .toEveryone()
                  .holdingOut(20)
                  .aiming(PURCHASE)
                  .definition(),
              "tester",
              NOW);
      PlannedRun run = plan(store, campaign.id(), 20, PURCHASE);
      planned = run.count();
      note(run);
    }

    private void note(PlannedRun run) {
      campaigns.createRun(campaign.id(), run.run(), NOW);
      campaigns.runPlanned(
          campaign.id(),
          run.run(),
          NOW,
          run.firstSeq(),
          sections(run.firstSeq(), run.count()),
          1_000);
    }

    /** Plans another run over the same people, whose messages are all accepted. */
    private void planAnother(FactStore store) {
      runs++;
      PlannedRun run =
          store
              .plan(
                  PlanOrderBuilder.of(campaign.id(), runs, new Evaluation(NOW, ZONE))
                      .holdingOut(20)
                      .aiming(PURCHASE)
                      .order())
              .run();
      note(run);
      accept(store, run.firstSeq(), run.count());
    }

    private void accept(FactStore store, int firstSeq, int count) {
      store.append(
          IntStream.range(firstSeq, firstSeq + count)
              .boxed()
              .flatMap(
                  seq ->
                      Stream.of(
                          fact(campaign.id(), seq, FactKind.ATTEMPTED, "1", NOW),
                          fact(campaign.id(), seq, FactKind.ACCEPTED, null, NOW)))
              .toList());
    }

    static Book of(FactStore store) {
      return new Book(store);
    }

    Reports reports(FactStore over) {
      return reports(over, Account.in(ZONE));
    }

    Reports reports(FactStore over, Account account) {
      return new Reports(
          over,
          over,
          new MemoryFigureStore(),
          over,
          campaigns,
          campaigns,
          id -> Optional.empty(),
          time,
          account,
          10,
          new ProcessHealth());
    }
  }
}
