package dev.carillon.storage.embedded.callbacks;

import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.storage.embedded.callbacks.AddressAliases.Named;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.TextHash;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/**
 * Writes what came back from providers as it came, with one spelling for each number: raw
 * callbacks, statuses without a message, incoming messages, consents and other names of addresses.
 * For the applier's thread alone.
 */
public final class CallbackTables {
  private final AddressAliases aliases = new AddressAliases();
  private final ScopedIds ids = new ScopedIds(aliases);
  private final AddressChanges changes = new AddressChanges();

  /**
   * Writes what the batch brought.
   *
   * @return whether {@code fresh_id} holds ids of people that got to be known
   */
  public boolean write(DuckSession session, ApplyBatch batch, ApplyProgress progress)
      throws SQLException {
    CallbackPacks.append(session, batch.callbacks);
    aliases.write(session, spellings(batch.aliases));
    writeConsents(session, batch.consents);
    writeDead(session, batch.dead);
    writeStatuses(session, batch.statuses, progress);
    writeIncoming(session, batch.incoming, progress);
    boolean learnt = ids.learn(session, batch, progress);
    changes.write(session, batch, learnt);
    return learnt;
  }

  public void forget() {
    aliases.forget();
    ids.forget();
    changes.forget();
  }

  /** What our messages call addresses that a provider writes otherwise. */
  public AddressAliases aliases() {
    return aliases;
  }

  /** Other spellings of numbers, as far as they are not known anyway. */
  public static List<Entry.AddressAlias> spellings(List<Entry.AddressAlias> all) {
    List<Entry.AddressAlias> spellings = new ArrayList<>();
    for (Entry.AddressAlias alias : all) {
      String provider = AddressKinds.canonical(alias.providerAddress());
      String address = AddressKinds.canonical(alias.address());
      if (!provider.equals(address) && !ScopedIds.isId(provider) && !ScopedIds.isId(address)) {
        spellings.add(new Entry.AddressAlias(alias.channel(), provider, address));
      }
    }
    return spellings;
  }

  private void writeConsents(DuckSession session, List<Entry.Consent> consents)
      throws SQLException {
    if (consents.isEmpty()) {
      return;
    }
    Set<Entry.Consent> all = new LinkedHashSet<>();
    consents.forEach(
        consent -> all.add(forAddress(consent, AddressKinds.canonical(consent.address()))));
    copies(all, ScopedIds.phones(session, all.stream().map(CallbackTables::named).toList()));
    copies(all, aliases.of(session, all.stream().map(CallbackTables::named).toList()));
    try (DuckDBAppender appender = session.appender("consent")) {
      for (Entry.Consent consent : all) {
        appender
            .beginRow()
            .append(consent.channel().key())
            .append(consent.address())
            .append(consent.subscribed())
            .appendEpochMicros(Micros.of(consent.at()))
            .append(consent.connection())
            .endRow();
      }
      appender.flush();
    }
  }

  /** What is said for one name of an address holds for its other ones. */
  private static void copies(Set<Entry.Consent> all, Map<Named, Set<String>> names) {
    for (Entry.Consent consent : List.copyOf(all)) {
      names
          .getOrDefault(named(consent), Set.of())
          .forEach(name -> all.add(forAddress(consent, name)));
    }
  }

  private static Entry.Consent forAddress(Entry.Consent consent, String address) {
    return new Entry.Consent(
        consent.channel(), address, consent.subscribed(), consent.at(), consent.connection());
  }

  private static Named named(Entry.Consent consent) {
    return new Named(consent.channel(), consent.address());
  }

  private static void writeDead(DuckSession session, List<Entry.EndpointDead> dead)
      throws SQLException {
    if (dead.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("dead_endpoint")) {
      for (Entry.EndpointDead one : dead) {
        appender
            .beginRow()
            .append(one.channel().key())
            .append(AddressKinds.canonical(one.address()))
            .append(one.code())
            .appendEpochMicros(Micros.of(one.at()))
            .endRow();
      }
      appender.flush();
    }
  }

  private static void writeStatuses(
      DuckSession session, List<Entry.UnmatchedStatus> statuses, ApplyProgress progress)
      throws SQLException {
    if (statuses.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("unmatched")) {
      for (Entry.UnmatchedStatus status : statuses) {
        appender
            .beginRow()
            .append(progress.nextRow())
            .append(status.connection())
            .append(status.providerMessageId())
            .append(TextHash.of(status.providerMessageId()))
            .append((byte) status.kind().code())
            .append(status.detail())
            .appendEpochMicros(Micros.of(status.at()))
            .appendEpochMicros(Micros.of(status.receivedAt()))
            .append(status.text())
            .append(status.inbox())
            .appendNull()
            .appendNull()
            .append(status.event())
            .endRow();
      }
      appender.flush();
    }
  }

  private static void writeIncoming(
      DuckSession session, List<Entry.IncomingMessage> incoming, ApplyProgress progress)
      throws SQLException {
    if (incoming.isEmpty()) {
      return;
    }
    Map<Named, Set<String>> phones =
        ScopedIds.phones(
            session,
            incoming.stream()
                .map(message -> new Named(message.channel(), message.from()))
                .toList());
    try (DuckDBAppender appender = session.appender("incoming")) {
      for (Entry.IncomingMessage message : incoming) {
        String context = message.contextId();
        String sender = AddressKinds.canonical(message.from());
        Set<String> numbers =
            phones.getOrDefault(new Named(message.channel(), sender), Set.of(sender));
        appender
            .beginRow()
            .append(progress.nextRow())
            .append(message.connection())
            .append(message.channel().key())
            .append(message.messageId())
            .append(sender)
            .append(least(numbers))
            .appendEpochMicros(Micros.of(message.at()))
            .appendEpochMicros(Micros.of(message.receivedAt()))
            .append(context)
            .append(context == null ? null : TextHash.of(context))
            .append(message.type())
            .append(message.text())
            .append(message.inbox())
            .appendNull()
            .appendNull()
            .appendNull()
            .appendNull()
            .append(message.reply())
            .endRow();
      }
      appender.flush();
    }
  }

  private static long least(Set<String> phones) {
    return phones.stream().mapToLong(TextHash::number).min().orElse(0);
  }
}
