package dev.carillon.storage.embedded.callbacks;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.storage.embedded.callbacks.AddressAliases.Named;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.duckdb.TextHash;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Knows which phone numbers belong to the ids by which providers name people. It learns from
 * callbacks that carry both, and from messages: who a message went to, and who answers to one. In
 * {@code scoped_id} each id of a person stands with each number and each other id of that person,
 * so one look is enough. What was said under an id holds for its numbers, whenever they become
 * known. For the applier's thread alone.
 */
final class ScopedIds {

  /** Two names of one person; the first is an id. */
  private record Pair(Channel channel, String id, String other) {}

  /** All ids and numbers of a person. */
  private static final class Names {
    private final Set<String> ids = new LinkedHashSet<>();
    private final Set<String> phones = new LinkedHashSet<>();

    private void add(Names other) {
      ids.addAll(other.ids);
      phones.addAll(other.phones);
    }

    private Set<Pair> pairs(Channel channel) {
      Set<Pair> pairs = new LinkedHashSet<>();
      for (String id : ids) {
        phones.forEach(phone -> pairs.add(new Pair(channel, id, phone)));
        ids.stream().filter(o -> !o.equals(id)).forEach(o -> pairs.add(new Pair(channel, id, o)));
      }
      return pairs;
    }
  }

  private static final String FROM_MESSAGES =
      """
      SELECT DISTINCT r.channel, r.name, m.address
      FROM stage_recipient r JOIN message m ON m.campaign = r.campaign AND m.seq = r.seq
      WHERE m.address IS NOT NULL""";

  private static final String FROM_AWAITED =
      """
      SELECT DISTINCT r.channel, r.name, m.address
      FROM awaited_recipient r JOIN accepted a ON a.provider_key = r.provider_key
      JOIN message m ON m.campaign = a.campaign AND m.seq = a.seq
      WHERE m.address IS NOT NULL AND r.provider_key IN (SELECT k FROM stage_key)""";

  private static final String FROM_CONTEXTS =
      """
      SELECT DISTINCT i.channel, i.sender, m.address
      FROM incoming i JOIN accepted a ON a.provider_key = i.context_key
      JOIN message m ON m.campaign = a.campaign AND m.seq = a.seq
      WHERE m.address IS NOT NULL AND (i.pos > ? OR i.context_key IN (SELECT k FROM stage_key))
        AND TRY_CAST(i.sender AS BIGINT) IS NULL""";

  private static final int REMEMBERED = 1 << 16;

  private final AddressAliases aliases;

  /** Hashes of pairs that are known for certain, as statuses repeat them; 0 for none. */
  private final long[] remembered = new long[REMEMBERED];

  /** Whether anything came from people who are named by an id; null while that is not known. */
  private @Nullable Boolean senders;

  private @Nullable Boolean awaited;

  ScopedIds(AddressAliases aliases) {
    this.aliases = aliases;
  }

  /** Whether an address is one of a provider's own, not a phone number. */
  static boolean isId(String address) {
    return TextHash.number(address) == 0;
  }

  void forget() {
    Arrays.fill(remembered, 0);
    senders = null;
    awaited = null;
  }

  /** The phone numbers of those of the names that are ids, as far as they are known. */
  static Map<Named, Set<String>> phones(DuckSession session, Collection<Named> names)
      throws SQLException {
    Map<Named, Set<String>> phones = new HashMap<>();
    List<Long> keys =
        names.stream()
            .map(Named::providerAddress)
            .filter(ScopedIds::isId)
            .map(TextHash::of)
            .toList();
    if (keys.isEmpty()) {
      return phones;
    }
    Staging.keys(session, keys);
    session.each(
        """
        SELECT channel, name, address FROM scoped_id
        WHERE name_key IN (SELECT k FROM stage_key)\
        """,
        row -> {
          if (!isId(row.getString(3))) {
            Channel channel = Channel.ofKey(row.getString(1)).orElseThrow();
            phones
                .computeIfAbsent(new Named(channel, row.getString(2)), any -> new HashSet<>())
                .add(row.getString(3));
          }
        });
    return phones;
  }

  /**
   * Learns the pairs in the batch, which is written already but for its aliases. What is new is
   * then in the temporary table {@code fresh_id}, where {@code number} is that of a phone, or 0.
   *
   * @return whether anything is new
   */
  boolean learn(DuckSession session, ApplyBatch batch, ApplyProgress progress) throws SQLException {
    Set<Pair> found = new LinkedHashSet<>();
    for (Entry.AddressAlias alias : batch.aliases) {
      add(found, alias.channel(), alias.providerAddress(), alias.address());
    }
    List<Long> accepted = StatusMatching.providerKeys(batch.facts);
    fromRecipients(session, batch.recipients, accepted, found);
    fromContexts(session, batch, accepted, progress, found);
    found.removeIf(this::isRemembered);
    if (found.isEmpty()) {
      return false;
    }
    addSpellings(session, found);
    Set<Pair> fresh = joined(session, found);
    found.forEach(this::remember);
    if (fresh.isEmpty()) {
      return false;
    }
    write(session, fresh);
    takeEffect(session);
    return true;
  }

  /** What our messages call the numbers, where a provider writes them otherwise. */
  private void addSpellings(DuckSession session, Set<Pair> found) throws SQLException {
    Map<Named, Set<String>> spellings =
        aliases.of(
            session, found.stream().map(pair -> new Named(pair.channel(), pair.other())).toList());
    for (Pair pair : List.copyOf(found)) {
      spellings
          .getOrDefault(new Named(pair.channel(), pair.other()), Set.of())
          .forEach(address -> found.add(new Pair(pair.channel(), pair.id(), address)));
    }
  }

  private static void add(Set<Pair> found, Channel channel, String one, String other) {
    String name = AddressKinds.canonical(one);
    String address = AddressKinds.canonical(other);
    if (name.equals(address)) {
      return;
    }
    if (isId(name)) {
      found.add(new Pair(channel, name, address));
    } else if (isId(address)) {
      found.add(new Pair(channel, address, name));
    }
  }

  private void fromRecipients(
      DuckSession session,
      List<Entry.MessageRecipient> recipients,
      List<Long> accepted,
      Set<Pair> found)
      throws SQLException {
    if (!recipients.isEmpty()) {
      session.execute(
          """
          CREATE OR REPLACE TEMP TABLE stage_recipient (
            channel VARCHAR, name VARCHAR, campaign INTEGER, seq INTEGER)""");
      stage(session, recipients);
      read(session, FROM_MESSAGES, found);
    }
    List<Long> keys = new ArrayList<>(accepted);
    for (Entry.MessageRecipient recipient : recipients) {
      if (recipient.message() == null && recipient.providerMessageId() != null) {
        keys.add(TextHash.of(recipient.providerMessageId()));
        awaited = true;
      }
    }
    if (awaited == null) {
      awaited = session.number("SELECT count(*) FROM awaited_recipient") > 0;
    }
    if (awaited && !keys.isEmpty()) {
      Staging.keys(session, keys);
      read(session, FROM_AWAITED, found);
      session.execute(
          """
          DELETE FROM awaited_recipient WHERE provider_key IN (
            SELECT a.provider_key FROM accepted a JOIN stage_key s ON a.provider_key = s.k)""");
    }
  }

  private static void stage(DuckSession session, List<Entry.MessageRecipient> recipients)
      throws SQLException {
    try (DuckDBAppender known = session.temporaryAppender("stage_recipient");
        DuckDBAppender waiting = session.appender("awaited_recipient")) {
      for (Entry.MessageRecipient recipient : new LinkedHashSet<>(recipients)) {
        MessageRef message = recipient.message();
        if (message != null) {
          known
              .beginRow()
              .append(recipient.channel().key())
              .append(recipient.name())
              .append(message.campaign())
              .append(message.seq())
              .endRow();
        } else if (recipient.providerMessageId() != null) {
          waiting
              .beginRow()
              .append(recipient.channel().key())
              .append(recipient.name())
              .append(TextHash.of(recipient.providerMessageId()))
              .endRow();
        }
      }
      known.flush();
      waiting.flush();
    }
  }

  /** Who answers to a message is the person that it went to. */
  private void fromContexts(
      DuckSession session,
      ApplyBatch batch,
      List<Long> accepted,
      ApplyProgress progress,
      Set<Pair> found)
      throws SQLException {
    boolean answers =
        batch.incoming.stream().anyMatch(one -> one.contextId() != null && isId(one.from()));
    if (batch.incoming.stream().anyMatch(one -> isId(one.from()))) {
      senders = true;
    }
    if (senders == null) {
      senders =
          session.number("SELECT count(*) FROM incoming WHERE TRY_CAST(sender AS BIGINT) IS NULL")
              > 0;
    }
    if (answers || (senders && !accepted.isEmpty())) {
      Staging.keys(session, accepted);
      read(session, FROM_CONTEXTS, found, progress.rowBefore());
    }
  }

  private static void read(
      DuckSession session, String sql, Set<Pair> found, @Nullable Object... parameters)
      throws SQLException {
    session.each(
        sql,
        row ->
            add(
                found,
                Channel.ofKey(row.getString(1)).orElseThrow(),
                row.getString(2),
                row.getString(3)),
        parameters);
  }

  /** Joins the names of each person; the pairs that were not known. */
  private static Set<Pair> joined(DuckSession session, Set<Pair> found) throws SQLException {
    Set<Pair> fresh = new LinkedHashSet<>();
    Map<Channel, List<Pair>> byChannel = new HashMap<>();
    found.forEach(
        pair -> byChannel.computeIfAbsent(pair.channel(), any -> new ArrayList<>()).add(pair));
    for (Map.Entry<Channel, List<Pair>> of : byChannel.entrySet()) {
      Channel channel = of.getKey();
      Map<String, Names> known = known(session, channel, of.getValue());
      Set<Pair> before = new HashSet<>();
      known.values().forEach(names -> before.addAll(names.pairs(channel)));
      of.getValue().forEach(pair -> join(known, pair));
      new HashSet<>(known.values()).forEach(names -> fresh.addAll(names.pairs(channel)));
      fresh.removeAll(before);
    }
    return fresh;
  }

  private static Map<String, Names> known(DuckSession session, Channel channel, List<Pair> found)
      throws SQLException {
    Map<String, Names> known = new HashMap<>();
    for (Pair pair : found) {
      names(known, pair.id());
      if (isId(pair.other())) {
        names(known, pair.other());
      }
    }
    Staging.keys(session, known.keySet().stream().map(TextHash::of).toList());
    session.each(
        """
        SELECT name, address FROM scoped_id
        WHERE channel = ? AND name_key IN (SELECT k FROM stage_key)""",
        row -> {
          String address = row.getString(2);
          Names names = names(known, row.getString(1));
          (isId(address) ? names.ids : names.phones).add(address);
        },
        channel.key());
    return known;
  }

  private static Names names(Map<String, Names> known, String id) {
    return known.computeIfAbsent(
        id,
        one -> {
          Names names = new Names();
          names.ids.add(one);
          return names;
        });
  }

  private static void join(Map<String, Names> known, Pair pair) {
    Names one = names(known, pair.id());
    if (!isId(pair.other())) {
      one.phones.add(pair.other());
    } else {
      one.add(names(known, pair.other()));
    }
    for (String id : one.ids) {
      Names other = known.get(id);
      if (other != null && other != one) {
        one.phones.addAll(other.phones);
      }
      known.put(id, one);
    }
  }

  private static void write(DuckSession session, Set<Pair> fresh) throws SQLException {
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE fresh_id (
          channel VARCHAR, name VARCHAR, name_key BIGINT, address VARCHAR, number BIGINT)""");
    try (DuckDBAppender appender = session.temporaryAppender("fresh_id")) {
      for (Pair pair : fresh) {
        appender
            .beginRow()
            .append(pair.channel().key())
            .append(pair.id())
            .append(TextHash.of(pair.id()))
            .append(pair.other())
            .append(TextHash.number(pair.other()))
            .endRow();
      }
      appender.flush();
    }
    session.execute("INSERT INTO scoped_id SELECT channel, name, name_key, address FROM fresh_id");
  }

  /** What was said under an id holds for the numbers that it turns out to have. */
  private static void takeEffect(DuckSession session) throws SQLException {
    session.execute(
        """
        UPDATE incoming SET address_hash = f.number
        FROM (SELECT channel, name, min(number) AS number FROM fresh_id WHERE number > 0
          GROUP BY channel, name) f
        WHERE incoming.channel = f.channel AND incoming.sender = f.name
          AND (incoming.address_hash = 0 OR incoming.address_hash > f.number)""");
    session.execute(
        """
        INSERT INTO consent
        SELECT DISTINCT c.channel, f.address, c.subscribed, c."at", c.connection
        FROM consent c JOIN fresh_id f ON f.channel = c.channel AND f.name = c.address
        WHERE f.number > 0""");
  }

  private boolean isRemembered(Pair pair) {
    long hash = hash(pair);
    return remembered[slot(hash)] == hash;
  }

  private void remember(Pair pair) {
    long hash = hash(pair);
    remembered[slot(hash)] = hash;
  }

  private static long hash(Pair pair) {
    return TextHash.of(pair.channel().key() + ' ' + pair.id() + ' ' + pair.other());
  }

  private static int slot(long hash) {
    return (int) hash & (REMEMBERED - 1);
  }
}
