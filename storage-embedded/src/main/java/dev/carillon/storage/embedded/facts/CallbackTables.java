package dev.carillon.storage.embedded.facts;

import dev.carillon.engine.port.Entry;
import dev.carillon.storage.embedded.facts.AddressAliases.Named;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/**
 * Writes what came back from providers as it came: raw callbacks, statuses without a message,
 * incoming messages, consents and other names of addresses. For the applier's thread alone.
 */
final class CallbackTables {
  private final AddressAliases aliases = new AddressAliases();

  void write(DuckSession session, Batch batch, Progress progress) throws SQLException {
    CallbackPacks.append(session, batch.callbacks);
    aliases.write(session, batch.aliases);
    writeConsents(session, batch.consents);
    writeStatuses(session, batch.statuses, progress);
    writeIncoming(session, batch.incoming, progress);
  }

  void forget() {
    aliases.forget();
  }

  /** What our messages call addresses that a provider writes otherwise. */
  AddressAliases aliases() {
    return aliases;
  }

  private void writeConsents(DuckSession session, List<Entry.Consent> consents)
      throws SQLException {
    if (consents.isEmpty()) {
      return;
    }
    Map<Named, Set<String>> names =
        aliases.of(session, consents.stream().map(CallbackTables::named).toList());
    ArrayList<Entry.Consent> all = new ArrayList<>(consents);
    for (Entry.Consent consent : consents) {
      for (String address : names.getOrDefault(named(consent), Set.of())) {
        if (!address.equals(consent.address())) {
          all.add(
              new Entry.Consent(consent.channel(), address, consent.subscribed(), consent.at()));
        }
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

  private static Named named(Entry.Consent consent) {
    return new Named(consent.channel(), consent.address());
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
