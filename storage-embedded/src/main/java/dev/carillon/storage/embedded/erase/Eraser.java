package dev.carillon.storage.embedded.erase;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.storage.embedded.callbacks.CallbackPacks;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import dev.carillon.storage.embedded.lists.ListTable;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.CampaignCache;
import dev.carillon.storage.embedded.tables.FactTable;
import dev.carillon.storage.embedded.tables.StaleRuns;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Erases a user: profile, events, links, consent, what he wrote, raw callbacks that name him, the
 * providers' ids of him, and his address and key at messages, his places on lists. The messages and
 * the facts that are counted stay, under a number that names nobody. Messages whose turn had not
 * come are suppressed. For the applier's thread alone.
 */
public final class Eraser {

  /**
   * Who was erased.
   *
   * @param facts the facts that follow
   */
  public record Erased(Set<Identity> identities, Set<String> addresses, List<Fact> facts) {

    /** Whether an entry names the user. */
    public boolean isNamedBy(Entry entry) {
      return switch (entry) {
        case Entry.OfProfile(ProfileChange change) -> identities.contains(change.identity());
        case Entry.OfDevice(DeviceChange change) -> identities.contains(change.identity());
        case Entry.OfEvent(UserEvent event) -> identities.contains(event.identity());
        case Entry.OfLink(IdentityLink link) ->
            identities.contains(link.from()) || identities.contains(link.to());
        case Entry.Consent consent -> has(consent.address());
        case Entry.EndpointDead dead -> has(dead.address());
        case Entry.IncomingMessage message -> has(message.from());
        case Entry.AddressAlias alias -> has(alias.address()) || has(alias.providerAddress());
        case Entry.MessageRecipient recipient -> has(recipient.name());
        case Entry.AddressChange change -> has(change.from()) || has(change.to());
        case Entry.RawCallback raw -> {
          String body = new String(raw.body(), StandardCharsets.UTF_8);
          yield spellings().stream().anyMatch(body::contains);
        }
        case Entry.Erasure erasure -> identities.contains(erasure.identity());
        case Entry.OfFact _, Entry.UnmatchedStatus _, Entry.DeadLetterRetry _ -> false;
      };
    }

    private boolean has(String address) {
      return addresses.contains(AddressKinds.canonical(address));
    }

    /** The addresses in every spelling that providers use. */
    private Set<String> spellings() {
      return addresses.stream()
          .flatMap(address -> AddressKinds.spellings(address).stream())
          .collect(Collectors.toSet());
    }
  }

  private final Tombstones tombstones;
  private final CampaignCache campaigns;
  private final ErasedMessages erased;

  public Eraser(Tombstones tombstones, CampaignCache campaigns, ErasedMessages erased) {
    this.tombstones = tombstones;
    this.campaigns = campaigns;
    this.erased = erased;
  }

  /** Erases a user, all but the raw callbacks: {@link #dropCallbacks} follows. */
  public Erased erase(DuckSession session, Entry.Erasure erasure, ApplyProgress progress)
      throws SQLException {
    Optional<Long> found = key(session, erasure.identity());
    if (found.isEmpty()) {
      tombstones.add(session, erasure.identity(), erasure.at());
      return new Erased(Set.of(erasure.identity()), Set.of(), List.of());
    }
    long key = found.get();
    Set<Identity> identities = identities(session, key);
    identities.add(erasure.identity());
    Set<String> addresses = addresses(session, key);
    for (Identity identity : identities) {
      tombstones.add(session, identity, erasure.at());
    }
    for (String address : addresses) {
      tombstones.addAddress(session, address, erasure.at());
    }
    Set<String> names = new HashSet<>(addresses);
    identities.forEach(identity -> names.add(identity.value()));
    ListTable.forget(session, key, names);
    stageMessages(session, "user_key = ?", key);
    List<Fact> facts = messages(session, erasure.at(), progress);
    callbacksOfAnswers(session);
    eraseAnswers(session, addresses);
    erased.strip(session);
    session.update(
        "DELETE FROM event_ahead WHERE pos IN (SELECT pos FROM event WHERE user_key = ?)", key);
    session.update("DELETE FROM event WHERE user_key = ?", key);
    session.update("DELETE FROM profile WHERE user_key = ?", key);
    session.update("DELETE FROM endpoint WHERE user_key = ?", key);
    session.update("DELETE FROM opt_out WHERE user_key = ?", key);
    session.update("DELETE FROM identity_link WHERE to_key = ?", key);
    return new Erased(identities, addresses, facts);
  }

  /** Erases the users of a run who were deleted while it was planned, also those begun anew. */
  public List<Fact> catchUp(DuckSession session, StaleRuns.Run run, ApplyProgress progress)
      throws SQLException {
    if (tombstones.isEmpty()) {
      return List.of();
    }
    stageMessages(
        session,
        "campaign = ? AND run = ? AND user_key >= 0"
            + " AND NOT EXISTS (FROM profile p WHERE p.user_key = message.user_key"
            + " AND p.first_pos <= ?)",
        run.campaign(),
        run.run(),
        run.pos());
    Instant at =
        session
            .first(
                "SELECT max(planned_at) AS planned_at FROM erased_message",
                row -> Optional.ofNullable(DuckSession.instantOrNull(row, "planned_at")))
            .flatMap(planned -> planned)
            .orElse(Instant.EPOCH);
    return messages(session, at, progress);
  }

  /**
   * The key under which the user's records are kept; empty when another identity has it, so that
   * nothing is kept of this one.
   */
  private static Optional<Long> key(DuckSession session, Identity identity) throws SQLException {
    List<Map.Entry<String, Long>> holders =
        session.list(
            """
            SELECT from_identity, to_key FROM identity_link WHERE from_key = $1
            UNION ALL SELECT identity, user_key FROM profile WHERE user_key = $1\
            """,
            row -> Map.entry(row.getString(1), row.getLong(2)),
            identity.key());
    return holders.isEmpty()
        ? Optional.of(identity.key())
        : holders.stream()
            .filter(holder -> holder.getKey().equals(identity.stored()))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  private static Set<Identity> identities(DuckSession session, long key) throws SQLException {
    Set<Identity> identities = new HashSet<>();
    session.each(
        """
        SELECT identity FROM profile WHERE user_key = ?
        UNION ALL SELECT from_identity FROM identity_link WHERE to_key = ?\
        """,
        row -> identities.add(Identity.ofStored(row.getString(1))),
        key,
        key);
    return identities;
  }

  /** The user's addresses, also earlier ones and as providers name them, that nobody else has. */
  private static Set<String> addresses(DuckSession session, long key) throws SQLException {
    Set<String> addresses = new HashSet<>();
    session.each(
        """
        WITH own AS (
          SELECT address FROM endpoint WHERE user_key = $1
          UNION SELECT address FROM message WHERE user_key = $1),
        had AS (
          FROM own
          UNION SELECT c.new_address FROM address_change c JOIN own o ON o.address = c.address
          UNION SELECT c.address FROM address_change c JOIN own o ON o.address = c.new_address),
        alone AS (
          FROM had h WHERE h.address IS NOT NULL AND NOT EXISTS (
            FROM endpoint e WHERE e.address = h.address AND e.left_at IS NULL
              AND e.user_key <> $1))
        FROM alone
        UNION SELECT a.provider_address FROM address_alias a
          JOIN alone n ON n.address = a.address
          WHERE NOT EXISTS (
            FROM endpoint e WHERE e.address = a.provider_address AND e.left_at IS NULL
              AND e.user_key <> $1)
        UNION SELECT s.name FROM scoped_id s JOIN alone n ON n.address = s.address\
        """,
        row -> addresses.add(row.getString(1)),
        key);
    return addresses;
  }

  private static void stageMessages(DuckSession session, String which, Object... parameters)
      throws SQLException {
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE erased_message (
          campaign INTEGER, seq INTEGER, suppression VARCHAR, planned_at TIMESTAMP)\
        """);
    session.update(
        "INSERT INTO erased_message SELECT campaign, seq, suppression, planned_at FROM message"
            + " WHERE "
            + which,
        parameters);
  }

  /** Takes the user's key and address from his messages; those not begun are suppressed. */
  private List<Fact> messages(DuckSession session, Instant at, ApplyProgress progress)
      throws SQLException {
    List<Fact> facts =
        session.list(
            FactKindSql.coded(
                """
            WITH try AS (
              SELECT f.campaign, f.seq, f.detail,
                bool_or(f.kind = {ATTEMPTED}) AND NOT bool_or(f.kind = {RETURNED}) AS open
              FROM fact f JOIN erased_message e ON e.campaign = f.campaign AND e.seq = f.seq
              WHERE f.kind IN ({ATTEMPTED}, {RETURNED}) GROUP BY ALL)
            SELECT e.campaign, e.seq FROM erased_message e
            WHERE e.suppression IS NULL
              AND NOT EXISTS (FROM fact f WHERE f.campaign = e.campaign AND f.seq = e.seq
                AND f.kind IN ({ENDS}))
              AND NOT EXISTS (FROM try t
                WHERE t.campaign = e.campaign AND t.seq = e.seq AND t.open)\
            """),
            row ->
                new Fact(
                    row.getInt(1),
                    row.getInt(2),
                    FactKind.SUPPRESSED,
                    SuppressionReason.DELETED.key(),
                    null,
                    at,
                    at,
                    null,
                    0));
    FactTable.append(session, facts, progress);
    long nobody = -progress.nextRow();
    session.update(
        """
        UPDATE message SET user_key = ?, address = NULL FROM erased_message e
        WHERE message.campaign = e.campaign AND message.seq = e.seq\
        """,
        nobody);
    session.update(
        """
        UPDATE send SET user_key = ?, address_hash = 0 FROM erased_message e
        WHERE send.campaign = e.campaign AND send.seq = e.seq\
        """,
        nobody);
    session.each(
        "SELECT campaign, seq FROM erased_message",
        row -> {
          CampaignCache.Page page = campaigns.page(session, row.getInt(1));
          if (page != null) {
            page.erased.add(row.getInt(2));
          }
        });
    return facts;
  }

  /** Marks the raw callbacks that held the person's answers and statuses to be deleted. */
  private void callbacksOfAnswers(DuckSession session) throws SQLException {
    session.each(
        """
        SELECT i.inbox FROM incoming i JOIN erased_message e
          ON (e.campaign = i.campaign AND e.seq = i.seq)
            OR (e.campaign = i.context_campaign AND e.seq = i.context_seq)
        UNION SELECT u.inbox FROM unmatched u JOIN erased_message e
          ON e.campaign = u.campaign AND e.seq = u.seq\
        """,
        row -> erased.tellsOf(row.getLong(1)));
  }

  /**
   * Deletes the raw callbacks that told of users just erased. All bodies are looked through for
   * their addresses, once for all users.
   */
  public void dropCallbacks(DuckSession session, List<Erased> users) throws SQLException {
    Set<String> addresses =
        users.stream().flatMap(user -> user.spellings().stream()).collect(Collectors.toSet());
    erased.dropCallbacks(
        session, addresses.isEmpty() ? Set.of() : CallbackPacks.naming(session, addresses));
  }

  /** Erases what the person wrote and wished, and other names of the addresses. */
  private static void eraseAnswers(DuckSession session, Set<String> addresses) throws SQLException {
    session.execute(
        """
        DELETE FROM incoming USING erased_message e
        WHERE (e.campaign = incoming.campaign AND e.seq = incoming.seq)
          OR (e.campaign = incoming.context_campaign AND e.seq = incoming.context_seq)\
        """);
    session.execute(
        """
        UPDATE unmatched SET provider_message_id = '', text = NULL, inbox = 0
        FROM erased_message e WHERE e.campaign = unmatched.campaign AND e.seq = unmatched.seq\
        """);
    for (String address : addresses) {
      session.update("DELETE FROM incoming WHERE sender = ?", address);
      session.update("DELETE FROM consent WHERE address = ?", address);
      session.update("DELETE FROM dead_endpoint WHERE address = ?", address);
      session.update(
          "DELETE FROM address_alias WHERE address = ? OR provider_address = ?", address, address);
      session.update("DELETE FROM scoped_id WHERE address = ? OR name = ?", address, address);
      session.update("DELETE FROM awaited_recipient WHERE name = ?", address);
      session.update(
          "DELETE FROM address_change WHERE address = ? OR new_address = ?", address, address);
    }
  }
}
