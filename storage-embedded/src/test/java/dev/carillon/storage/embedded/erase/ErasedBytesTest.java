package dev.carillon.storage.embedded.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.ListOrder;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.storage.embedded.crash.Traces;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for a deleted user in every column of every table, and in the journal's files. */
class ErasedBytesTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant DELETED = AT.plus(Duration.ofHours(1));
  private static final Identity ANN = Identity.user("ann-Zyx");
  private static final Identity VISITOR = Identity.anonymous("visitor-Zyx");
  private static final String PHONE = "919876543210";
  private static final List<String> OF_ANN =
      List.of("Zyx", "zyx", PHONE, "5511987654321", String.valueOf(ANN.key()));

  @TempDir private Path folder;

  @Test
  void nothingOfADeletedUserIsInAnyTable() throws SQLException, IOException {
    try (EmbeddedFactStore store = open()) {
      // a file of before she was known names her in the report of its rows
      list(store, "Early", CustomList.MatchBy.PHONE, "+55 11 98765-4321", "+" + PHONE);
      list(store, "Early too", CustomList.MatchBy.EMAIL, "a@zyx.example", "nobody@example.org");
      store.append(happened(planned(store)));
      store.settle();
      list(store, "Late", CustomList.MatchBy.IDENTITY, ANN.value(), "bob");
    }
    assertThat(found()).as("what is looked for was there").hasSizeGreaterThan(10);
    try (EmbeddedFactStore store = open()) {
      int seq = seqOfAnn(store);
      store.append(List.of(new Entry.Erasure(ANN, DELETED)));
      store.append(known());
      store.append(happened(seq));
      store.settle();
      assertThat(store.deadLetters()).isZero();
    }
    assertThat(found()).isEmpty();
    try (EmbeddedFactStore store = open()) {
      store.append(List.of(profile(Identity.user("bob"), "{}")));
      store.settle();
      store.append(List.of(profile(Identity.user("bob"), "{}")));
      store.settle();
    }
    assertThat(Traces.inJournal(folder, List.of("Zyx", PHONE))).isEmpty();
  }

  @RepeatedTest(5)
  void noOrderOfWhatComesLateBringsAnythingBack(RepetitionInfo repetition) throws SQLException {
    long seed = 9_100L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    try (EmbeddedFactStore store = open()) {
      int seq = planned(store);
      List<List<Entry>> groups = new ArrayList<>();
      known().forEach(entry -> groups.add(List.of(entry)));
      for (int times = 0; times < 3; times++) {
        groups.addAll(groups(seq));
        groups.add(List.of(new Entry.Erasure(random.nextBoolean() ? ANN : VISITOR, DELETED)));
      }
      Collections.shuffle(groups, random);
      for (List<Entry> group : groups) {
        store.append(group);
        if (random.nextBoolean()) {
          store.settle();
        }
      }
      store.settle();
      assertThat(store.recount(1, ZoneOffset.UTC).counts())
          .as("seed %s", seed)
          .containsEntry("planned", 2L);
    }
    assertThat(found()).as("seed %s", seed).isEmpty();
  }

  private static void list(
      EmbeddedFactStore store, String name, CustomList.MatchBy by, String... rows)
      throws IOException {
    store.createList(
        new ListOrder(name, by, "meera", AT),
        reader -> {
          for (int i = 0; i < rows.length; i++) {
            reader.row(i + 2, rows[i], null);
          }
        });
  }

  private EmbeddedFactStore open() {
    return EmbeddedFactStore.open(FactStoreSettings.in(folder).withMemoryMegabytes(256));
  }

  /** Plans a run for Ann and Bob; the number of Ann's message. */
  private static int planned(EmbeddedFactStore store) {
    store.append(known());
    store.settle();
    store.plan(PlanOrderBuilder.of(1, 1, new Evaluation(AT, ZoneOffset.UTC)).order());
    return seqOfAnn(store);
  }

  private static int seqOfAnn(EmbeddedFactStore store) {
    return store.people(1, new int[] {0, 1}).stream()
        .filter(one -> ANN.equals(one.identity()))
        .findFirst()
        .orElseThrow()
        .seq();
  }

  private static List<Entry> known() {
    return List.of(
        profile(
            ANN, "{\"Name\":\"Ann Zyx\",\"Phone\":\"+" + PHONE + "\",\"Email\":\"a@zyx.example\"}"),
        profile(Identity.user("bob"), "{\"Phone\":\"+919876500000\"}"),
        new Entry.OfEvent(
            new UserEvent(VISITOR, VISITOR.key(), "Saw", "{\"what\":\"Zyx\"}", 7, AT, AT)),
        new Entry.OfEvent(new UserEvent(ANN, Identity.user("bob").key(), "Zyx", "{}", 8, AT, AT)),
        new Entry.OfLink(new IdentityLink(VISITOR, ANN, AT)));
  }

  private static List<Entry> happened(int seq) {
    return groups(seq).stream().flatMap(List::stream).toList();
  }

  /** What happened, and came together each. */
  private static List<List<Entry>> groups(int seq) {
    return List.of(
        List.of(fact(seq, FactKind.ATTEMPTED, "1", null, null, 0)),
        List.of(fact(seq, FactKind.ACCEPTED, null, "wamid.Zyx", null, 0)),
        List.of(
            raw(10, "{\"recipient_id\":\"" + PHONE + "\"}"),
            fact(seq, FactKind.RECEIPT_FAILED, "131026", null, "cannot reach " + PHONE, 10)),
        List.of(
            raw(11, "{\"id\":\"wamid.Zyx\"}"),
            new Entry.UnmatchedStatus(
                1, "wamid.Zyx", FactKind.RECEIPT_DELIVERED, null, null, AT, AT, "to Zyx", 11)),
        List.of(
            raw(20, "{\"from\":\"" + PHONE + "\",\"name\":\"Zyx\",\"text\":\"STOP\"}"),
            new Entry.IncomingMessage(
                1,
                Channel.WHATSAPP,
                "in.Zyx",
                PHONE,
                AT,
                AT,
                "wamid.Zyx",
                "text",
                "I, Zyx",
                20,
                true),
            new Entry.Consent(Channel.WHATSAPP, PHONE, false, AT),
            new Entry.EndpointDead(Channel.WHATSAPP, PHONE, "410", AT, 1)),
        // no text, but the number can be read in it
        List.of(
            new Entry.RawCallback(30, 1, AT, ("\u00ff\u00fe" + PHONE + "\0").getBytes(ISO_8859_1))),
        List.of(new Entry.AddressAlias(Channel.WHATSAPP, "5511987654321", PHONE)));
  }

  private static Entry profile(Identity identity, String properties) {
    return new Entry.OfProfile(new ProfileChange(identity, identity.key(), properties, AT, AT));
  }

  private static Entry raw(long id, String body) {
    return new Entry.RawCallback(id, 1, AT, body.getBytes(UTF_8));
  }

  private static Entry fact(
      int seq,
      FactKind kind,
      @Nullable String detail,
      @Nullable String event,
      @Nullable String text,
      long inbox) {
    return new Entry.OfFact(new Fact(1, seq, kind, detail, event, AT, AT, text, inbox));
  }

  /** Tables and columns that hold something of the user. */
  private List<String> found() throws SQLException {
    return Traces.inTables(folder, OF_ANN);
  }
}
