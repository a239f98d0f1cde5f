package dev.carillon.storage.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders from before there was one spelling for each phone number. */
class SpellingMigrationTest {
  @TempDir private Path folder;

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("facts.duckdb"));
  }

  /** The format that the migration begins with. */
  private static List<FactMigration> before() {
    int index = 0;
    while (!FactSchema.MIGRATIONS.get(index).purpose().startsWith("one spelling")) {
      index++;
    }
    return FactSchema.MIGRATIONS.subList(0, index);
  }

  private static void profile(Statement statement, String name, String given, String phone)
      throws SQLException {
    Identity identity = Identity.user(name);
    statement.execute(
        "INSERT INTO profile SELECT %d, '%s', '{\"Phone\":\"%s\"}', '{\"Phone\":1}', %s, %d, true, true,"
                .formatted(
                    identity.key(),
                    identity.stored(),
                    given,
                    phone.isEmpty() ? "NULL" : "'" + phone + "'",
                    phone.isEmpty() ? 2 : 1)
            + " true, true, NULL, NULL, TIMESTAMP '2026-11-20', TIMESTAMP '2026-11-20', 0");
  }

  private static Person person(EmbeddedFactStore store, String name) {
    return store.person(Identity.user(name)).orElseThrow();
  }

  @Test
  void whatIsStoredGetsTheOneSpelling() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      FactSchema.create(connection, before());
      profile(statement, "long", "+5531987654321", "5531987654321");
      profile(statement, "short", "+553187654322", "");
      profile(statement, "land", "+553134567890", "553134567890");
      profile(statement, "mexico", "+52 1 55 1234 5678", "");
      profile(statement, "argentina", "+541112345678", "541112345678");
      profile(statement, "wrong", "+521", "");
      statement.execute(
          "INSERT INTO consent VALUES ('whatsapp', '553187654321', false, TIMESTAMP '2026-11-20'),"
              + " ('whatsapp', '5215512345678', false, TIMESTAMP '2026-11-20'),"
              + " ('whatsapp', '5491112345678', false, TIMESTAMP '2026-11-20')");
      statement.execute("INSERT INTO send VALUES (1, 0, 7, 5215512345678, false, NULL)");
      statement.execute(
          "INSERT INTO message (campaign, seq, address) VALUES (1, 0, '553187654321')");
      statement.execute(
          "INSERT INTO address_alias VALUES ('whatsapp', '553187654321', '5531987654321'),"
              + " ('whatsapp', '12', '34')");
      statement.execute(
          "INSERT INTO incoming (sender, address_key) VALUES ('541112345678', 541112345678)");
    }
    try (EmbeddedFactStore store =
        EmbeddedFactStore.open(FactStoreSettings.in(folder).withMemoryMegabytes(256))) {
      assertThat(person(store, "long").endpoints().address(EndpointKind.PHONE))
          .isEqualTo("5531987654321");
      assertThat(person(store, "short").endpoints().address(EndpointKind.PHONE))
          .isEqualTo("5531987654322");
      assertThat(person(store, "land").endpoints().address(EndpointKind.PHONE))
          .isEqualTo("553134567890");
      assertThat(person(store, "mexico").endpoints().address(EndpointKind.PHONE))
          .isEqualTo("525512345678");
      assertThat(person(store, "argentina").endpoints().address(EndpointKind.PHONE))
          .isEqualTo("5491112345678");
      assertThat(person(store, "wrong").endpoints().address(EndpointKind.PHONE)).isNull();
      for (String name : List.of("long", "mexico", "argentina")) {
        assertThat(person(store, name).subscribed())
            .as(name)
            .containsEntry(Channel.WHATSAPP, false);
      }
      assertThat(person(store, "land").subscribed()).containsEntry(Channel.WHATSAPP, true);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(text(statement, "SELECT address_hash FROM send")).isEqualTo("525512345678");
      assertThat(text(statement, "SELECT address FROM message")).isEqualTo("5531987654321");
      assertThat(text(statement, "SELECT address_hash || sender FROM incoming"))
          .isEqualTo("54911123456785491112345678");
      assertThat(text(statement, "SELECT string_agg(address) FROM address_alias")).isEqualTo("34");
    }
  }

  /** Should the spellings become others, folders need another migration. */
  @Test
  void theDatabaseSpellsAsTheProgramDoes() throws SQLException {
    long seed = 20_261_130;
    Random random = new Random(seed);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      FactSchema.create(connection, before());
      StringBuilder rows = new StringBuilder();
      String[] starts = {"55", "5531", "521", "52", "549", "54", "1", "49"};
      for (int i = 0; i < 3_000; i++) {
        StringBuilder digits = new StringBuilder(starts[random.nextInt(starts.length)]);
        int length = 10 + random.nextInt(5);
        while (digits.length() < length) {
          digits.append(random.nextInt(10));
        }
        rows.append(i == 0 ? "" : ",").append("('").append(digits).append("')");
      }
      statement.execute("INSERT INTO consent (address) VALUES " + rows);
      statement.execute("UPDATE consent SET channel = address");
      FactSchema.create(connection, FactSchema.MIGRATIONS);
      try (ResultSet row = statement.executeQuery("SELECT channel, address FROM consent")) {
        while (row.next()) {
          assertThat(row.getString(2))
              .as("seed %s: %s", seed, row.getString(1))
              .isEqualTo(AddressKinds.canonical(row.getString(1)));
        }
      }
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
