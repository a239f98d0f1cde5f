package dev.carillon.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.account.StoredConnection;
import dev.carillon.engine.provider.Provider.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that are kept go to no other server than the one that they were entered for. */
class ConnectionSecretsTest {
  private static final Map<String, Object> SETTINGS = Map.of("sender", "SHOP");
  private static final Map<String, String> SECRETS = Map.of("token", "t-1", "spare", "s-1");

  private final MapConnectionStore store = new MapConnectionStore();
  private final ConnectionService book = book();

  private ConnectionService book() {
    return new ConnectionService(
        store,
        List.of(new AddressedProvider()),
        new NamedSeal(),
        InstantSource.fixed(Instant.EPOCH));
  }

  private int create(Map<String, Object> settings) {
    return book.create(AddressedProvider.TYPE, "One", settings, SECRETS).after().connection().id();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://b.example",
        "https://a.example.b.example/",
        "http://a.example",
        "https://a.example:8443",
        "https://a.example.",
        "no address at all",
      })
  void anotherServerNeedsAllSecretsAnew(String address) {
    int id = create(SETTINGS);
    Map<String, Object> elsewhere = Map.of("gateway", address);

    assertThatThrownBy(() -> book.change(id, "One", elsewhere, Map.of("spare", "s-2")))
        .isInstanceOfSatisfying(
            SecretsNeededException.class,
            refused ->
                assertThat(refused.problems()).extracting(Problem::field).containsExactly("token"));
    assertThat(book().connection(id).orElseThrow().connection().settings()).isEqualTo(SETTINGS);

    book.change(id, "One", elsewhere, Map.of("token", "t-2", "spare", "s-2"));
    assertThat(book().connection(id).orElseThrow().connection().secrets())
        .isEqualTo(Map.of("token", "t-2", "spare", "s-2"));
  }

  @Test
  void anAddressThatWasNotSetNeedsThemToo() {
    int id = create(SETTINGS);
    assertThatThrownBy(
            () -> book.change(id, "One", Map.of("status", "https://a.example"), Map.of()))
        .isInstanceOfSatisfying(
            SecretsNeededException.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::field)
                    .containsExactly("token", "spare"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/",
        "https://A.EXAMPLE:443/v2",
        " HTTPS://a.example ",
        "",
      })
  void theSameServerWrittenOtherwiseKeepsThem(String address) {
    int id = create(SETTINGS);
    book.change(id, "Two", Map.of("gateway", address, "sender", "STORE"), Map.of("token", "t-2"));
    assertThat(book().connection(id).orElseThrow().connection().secrets())
        .isEqualTo(Map.of("token", "t-2", "spare", "s-1"));
  }

  /** Whoever writes into the database gets nothing either. */
  @Test
  void secretsBesideAnAddressThatTheyWereNotEnteredForAreNotUsed() {
    int id = create(SETTINGS);
    StoredConnection row = store.connection(id).orElseThrow();
    store.changeConnection(
        id, row.name(), Map.of("gateway", "https://b.example"), row.sealedSecrets());

    ConnectionService after = book();
    assertThat(after.connection(id).orElseThrow().connection().secrets()).isEmpty();
    assertThat(after.connection(id).orElseThrow().sealed()).isTrue();
    assertThatThrownBy(() -> after.change(id, "Renamed", Map.of(), Map.of()))
        .isInstanceOf(ConnectionProblemsException.class);
    after.change(id, "One", Map.of("gateway", "https://b.example"), Map.of("token", "t-2"));
    assertThat(book().connection(id).orElseThrow().connection().secrets())
        .isEqualTo(Map.of("token", "t-2"));
  }

  @Test
  void secretsOfAnEarlierVersionAreAdoptedWithTheAddressThatTheyAreWith() {
    Map<String, Object> settings = Map.of("gateway", "https://c.example");
    int id =
        store
            .createConnection(
                AddressedProvider.TYPE,
                "Old",
                settings,
                any ->
                    new NamedSeal()
                        .seal(
                            "{\"token\":\"old\"}".getBytes(StandardCharsets.UTF_8),
                            "connection " + any + " " + AddressedProvider.TYPE),
                Instant.EPOCH)
            .id();

    assertThat(book().connection(id).orElseThrow().connection().secrets())
        .isEqualTo(Map.of("token", "old"));
    store.changeConnection(
        id,
        "Old",
        Map.of("gateway", "https://d.example"),
        store.connection(id).orElseThrow().sealedSecrets());
    assertThat(book().connection(id).orElseThrow().connection().secrets()).isEmpty();
  }

  @Test
  void aChangeIsToldWithoutSecrets() {
    ConnectionChange made = book.create(AddressedProvider.TYPE, "One", SETTINGS, SECRETS);
    assertThat(made.words())
        .isEqualTo("name set to One; sender set to SHOP; secrets entered: spare, token");

    int id = made.after().connection().id();
    assertThat(
            book.change(
                    id,
                    "Two",
                    Map.of("gateway", "https://b.example"),
                    Map.of("token", "t-2", "spare", "s-2"))
                .orElseThrow()
                .words())
        .isEqualTo(
            "name from One to Two; gateway set to https://b.example; sender no longer SHOP;"
                + " secrets entered: spare, token");
    assertThat(
            book.change(id, "Two", Map.of("gateway", "https://b.example/v2"), Map.of())
                .orElseThrow()
                .words())
        .isEqualTo("gateway from https://b.example to https://b.example/v2");
    assertThat(
            book.change(id, "Two", Map.of("gateway", "https://b.example/v2"), Map.of())
                .orElseThrow()
                .words())
        .isEqualTo("nothing changed");
  }

  /** Hides nothing, but opens in its own context only. */
  private static final class NamedSeal implements Seal {
    @Override
    public byte[] seal(byte[] secret, String context) {
      byte[] name = (context + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] sealed = Arrays.copyOf(name, name.length + secret.length);
      System.arraycopy(secret, 0, sealed, name.length, secret.length);
      return sealed;
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      int start = (context + "\n").getBytes(StandardCharsets.UTF_8).length;
      byte[] name = Arrays.copyOf(sealed, start);
      if (!new String(name, StandardCharsets.UTF_8).equals(context + "\n")) {
        throw new IllegalStateException("sealed in another context");
      }
      return Arrays.copyOfRange(sealed, start, sealed.length);
    }
  }
}
