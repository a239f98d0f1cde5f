package dev.carillon.storage.embedded.facts;

import dev.carillon.core.Channel;
import dev.carillon.engine.port.Entry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Writes what came back from providers as it came: raw callbacks, statuses without a message,
 * incoming messages, consents and other names of addresses. For the applier's thread alone.
 */
final class CallbackTables {
  private record Named(Channel channel, String providerAddress) {}

  private @Nullable Map<Named, Set<String>> aliases;

  void write(DuckSession session, Batch batch, Progress progress) throws SQLException {
    CallbackPacks.append(session, batch.callbacks);
    writeAliases(session, batch.aliases);
    writeConsents(session, batch.consents);
    writeStatuses(session, batch.statuses, progress);
    writeIncoming(session, batch.incoming, progress);
  }

  void forget() {
    aliases = null;
  }

  /** The address itself and what else our messages may call it. */
  Set<String> addresses(DuckSession session, Channel channel, String providerAddress)
      throws SQLException {
    HashSet<String> addresses = new HashSet<>();
    addresses.add(providerAddress);
    addresses.addAll(aliases(session).getOrDefault(new Named(channel, providerAddress), Set.of()));
    return addresses;
  }

  private Map<Named, Set<String>> aliases(DuckSession session) throws SQLException {
    Map<Named, Set<String>> existing = aliases;
    if (existing != null) {
      return existing;
    }
    HashMap<Named, Set<String>> made = new HashMap<>();
    session.each(
        "SELECT DISTINCT channel, provider_address, address FROM address_alias",
        row ->
            made.computeIfAbsent(
                    new Named(Channel.ofKey(row.getString(1)).orElseThrow(), row.getString(2)),
                    any -> new HashSet<>())
                .add(row.getString(3)));
    aliases = made;
    return made;
  }

  /** A consent that was given for the provider's name of an address holds for ours as well. */
  private void writeAliases(DuckSession session, List<Entry.AddressAlias> fresh)
      throws SQLException {
    for (Entry.AddressAlias alias : fresh) {
      Named named = new Named(alias.channel(), alias.providerAddress());
      if (!aliases(session).computeIfAbsent(named, any -> new HashSet<>()).add(alias.address())) {
        continue;
      }
      session.update(
          "INSERT INTO address_alias VALUES (?, ?, ?)",
          alias.channel().key(),
          alias.providerAddress(),
          alias.address());
      session.update(
          """
          INSERT INTO consent SELECT channel, ?, subscribed, "at" FROM consent
          WHERE channel = ? AND address = ?""",
          alias.address(),
          alias.channel().key(),
          alias.providerAddress());
    }
  }

  private void writeConsents(DuckSession session, List<Entry.Consent> consents)
      throws SQLException {
    if (consents.isEmpty()) {
      return;
    }
    ArrayList<Entry.Consent> all = new ArrayList<>();
    for (Entry.Consent consent : consents) {
      for (String address : addresses(session, consent.channel(), consent.address())) {
        all.add(new Entry.Consent(consent.channel(), address, consent.subscribed(), consent.at()));
      }
    }
    try (DuckDBAppender appender = session.appender("consent")) {
      for (Entry.Consent consent : all) {
        appender
            .beginRow()
            .append(consent.channel().key())
            .append(consent.address())
            .append(consent.subscribed())
            .appendEpochMicros(Micros.of(consent.at()))
            .endRow();
      }
      appender.flush();
    }
  }

  private static void writeStatuses(
      DuckSession session, List<Entry.UnmatchedStatus> statuses, Progress progress)
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
            .append(TextKey.of(status.providerMessageId()))
            .append((byte) status.kind().code())
            .append(status.detail())
            .appendEpochMicros(Micros.of(status.at()))
            .appendEpochMicros(Micros.of(status.receivedAt()))
            .append(status.text())
            .append(status.inbox())
            .appendNull()
            .appendNull()
            .endRow();
      }
      appender.flush();
    }
  }

  private static void writeIncoming(
      DuckSession session, List<Entry.IncomingMessage> incoming, Progress progress)
      throws SQLException {
    if (incoming.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("incoming")) {
      for (Entry.IncomingMessage message : incoming) {
        String context = message.contextId();
        appender
            .beginRow()
            .append(progress.nextRow())
            .append(message.connection())
            .append(message.channel().key())
            .append(message.messageId())
            .append(message.from())
            .append(TextKey.ofAddress(message.from()))
            .appendEpochMicros(Micros.of(message.at()))
            .appendEpochMicros(Micros.of(message.receivedAt()))
            .append(context)
            .append(context == null ? null : TextKey.of(context))
            .append(message.type())
            .append(message.text())
            .append(message.inbox())
            .appendNull()
            .appendNull()
            .appendNull()
            .appendNull()
            .endRow();
      }
      appender.flush();
    }
  }
}
