package dev.carillon.storage.embedded.facts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import dev.carillon.engine.port.AudienceStore.PlanOrder;
import dev.carillon.engine.port.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    FactStoreSettings settings = FactStoreSettings.in(folder).withMemoryMegabytes(256);
    try (EmbeddedFactStore store = EmbeddedFactStore.open(settings)) {
      store.append(known());
      store.settle();
      store.plan(
          new PlanOrder(
              1,
              1,
              Channel.WHATSAPP,
              new Rule.Everyone(),
              new Evaluation(AT, ZoneOffset.UTC),
              0,
              null));
      store.append(happened());
      store.settle();
    }
    assertThat(found()).as("what is looked for was there").isNotEmpty();
    try (EmbeddedFactStore store = EmbeddedFactStore.open(settings)) {
      store.append(List.of(new Entry.Erasure(ANN, DELETED)));
      store.append(known());
      store.append(happened());
      store.settle();
      assertThat(store.setAside()).isZero();
    }
    assertThat(found()).isEmpty();
    try (EmbeddedFactStore store = EmbeddedFactStore.open(settings)) {
      store.append(List.of(profile(Identity.user("bob"), "{}")));
      store.settle();
      store.append(List.of(profile(Identity.user("bob"), "{}")));
      store.settle();
    }
    try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain("Zyx")
            .doesNotContain(PHONE);
      }
    }
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

  private static List<Entry> happened() {
    List<Entry> entries = new ArrayList<>();
    for (int seq = 0; seq < 2; seq++) {
      entries.add(fact(seq, FactKind.ATTEMPTED, "1", null, null, 0));
    }
    // Which of the two messages is Ann's does not matter: both tell the same of both.
    for (int seq = 0; seq < 2; seq++) {
      entries.add(fact(seq, FactKind.ACCEPTED, null, "wamid." + seq, null, 0));
      entries.add(fact(seq, FactKind.RECEIPT_FAILED, "131026", null, "cannot reach", 10 + seq));
      entries.add(raw(10 + seq, "{\"recipient_id\":\"" + PHONE + "\"}"));
    }
    entries.add(raw(20, "{\"from\":\"" + PHONE + "\",\"name\":\"Zyx\",\"text\":\"STOP\"}"));
    entries.add(
        new Entry.IncomingMessage(
            1, Channel.WHATSAPP, "in.Zyx", PHONE, AT, AT, "wamid.0", "text", "I am Zyx", 20));
    entries.add(new Entry.Consent(Channel.WHATSAPP, PHONE, false, AT));
    entries.add(new Entry.AddressAlias(Channel.WHATSAPP, "5511987654321", PHONE));
    return entries;
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
    List<String> found = new ArrayList<>();
    try (DuckDatabase database =
            new DuckDatabase(FactStoreSettings.in(folder).withMemoryMegabytes(256));
        DuckSession session = database.session()) {
      List<String[]> columns =
          session.list(
              "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal",
              row -> new String[] {row.getString(1), row.getString(2)});
      for (String[] column : columns) {
        for (String needle : OF_ANN) {
          long rows =
              session.number(
                  "SELECT count(*) FROM "
                      + column[0]
                      + " WHERE contains(\""
                      + column[1]
                      + "\"::VARCHAR, ?)",
                  needle);
          if (rows > 0) {
            found.add(column[0] + "." + column[1] + " holds " + needle);
          }
        }
      }
    }
    return found;
  }
}
