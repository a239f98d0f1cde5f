package dev.carillon.testkit.sending;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKind.Meaning;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.work.SendState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The facts of messages in memory, each once, and what they say of a message. Statuses wait here
 * until the message of their provider's id is known. Not thread-safe.
 */
final class KnownFacts {
  private final Map<MessageRef, List<Fact>> facts = new HashMap<>();
  private final Map<String, MessageRef> byProviderId = new HashMap<>();
  private final List<Entry.UnmatchedStatus> parked = new ArrayList<>();

  /** Adds the facts among entries; those that are new, and what follows from them. */
  List<Fact> read(List<Entry> entries) {
    List<Fact> fresh = new ArrayList<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.OfFact(Fact fact) -> apply(fact, fresh);
        case Entry.UnmatchedStatus status -> parked.add(status);
        case Entry.OfProfile _,
            Entry.OfDevice _,
            Entry.OfEvent _,
            Entry.OfLink _,
            Entry.RawCallback _,
            Entry.IncomingMessage _,
            Entry.Consent _,
            Entry.EndpointDead _,
            Entry.AddressAlias _,
            Entry.MessageRecipient _,
            Entry.AddressChange _,
            Entry.Erasure _,
            Entry.DeadLetterRetry _ -> {
          // Of no concern to sending.
        }
      }
    }
    match(fresh);
    return fresh;
  }

  private void apply(Fact fact, List<Fact> fresh) {
    List<Fact> known = facts.computeIfAbsent(fact.message(), _ -> new ArrayList<>());
    if (!known.contains(fact)) {
      known.add(fact);
      fresh.add(fact);
      if (fact.kind() == FactKind.ACCEPTED && fact.event() != null) {
        byProviderId.put(fact.event(), fact.message());
      }
    }
  }

  private void match(List<Fact> fresh) {
    for (Entry.UnmatchedStatus status : List.copyOf(parked)) {
      @Nullable MessageRef message = byProviderId.get(status.providerMessageId());
      if (message != null) {
        parked.remove(status);
        apply(
            new Fact(
                message.campaign(),
                message.seq(),
                status.kind(),
                status.detail(),
                status.event(),
                status.at(),
                status.receivedAt(),
                status.text(),
                status.inbox()),
            fresh);
      }
    }
  }

  /** The facts of a message, in the order in which they came. */
  List<Fact> of(MessageRef message) {
    return facts.getOrDefault(message, List.of());
  }

  void each(BiConsumer<MessageRef, List<Fact>> consumer) {
    facts.forEach(consumer);
  }

  void addTo(Ledger ledger, int campaign) {
    facts.values().stream()
        .flatMap(List::stream)
        .filter(fact -> fact.campaign() == campaign)
        .forEach(ledger::add);
  }

  /** Whether sending suppressed the message, or the provider refused it. */
  boolean fellOut(MessageRef message) {
    return of(message).stream().anyMatch(fact -> fact.kind().has(Meaning.TAKES_OUT));
  }

  /** How many tries of a message were begun. */
  int tries(MessageRef message) {
    return details(of(message), FactKind.ATTEMPTED).size();
  }

  /** When a message was sent, or may have been; null when it certainly was not. */
  static @Nullable Instant wentAt(List<Fact> known) {
    Set<FactKind> kinds = known.stream().map(Fact::kind).collect(Collectors.toSet());
    Set<String> open = details(known, FactKind.ATTEMPTED);
    open.removeAll(details(known, FactKind.RETURNED));
    boolean went =
        kinds.stream().anyMatch(kind -> kind.has(Meaning.PROVES_SENT))
            || kinds.contains(FactKind.GHOST_SENT)
            || (!open.isEmpty() && !kinds.contains(FactKind.REFUSED));
    return went
        ? known.stream()
            .filter(
                fact ->
                    fact.kind() == FactKind.ATTEMPTED
                        || fact.kind() == FactKind.ACCEPTED
                        || fact.kind() == FactKind.GHOST_SENT)
            .map(Fact::at)
            .max(Instant::compareTo)
            .orElse(null)
        : null;
  }

  /** How far a message has come. */
  SendState state(MessageRef message) {
    List<Fact> known = of(message);
    if (known.stream().map(Fact::kind).anyMatch(kind -> kind.has(Meaning.ENDS))) {
      return SendState.DONE;
    }
    Set<String> open = details(known, FactKind.ATTEMPTED);
    open.removeAll(details(known, FactKind.RETURNED));
    return open.isEmpty() ? SendState.OPEN : SendState.UNCERTAIN;
  }

  private static Set<String> details(List<Fact> known, FactKind kind) {
    Set<String> details = new HashSet<>();
    for (Fact fact : known) {
      if (fact.kind() == kind && fact.detail() != null) {
        details.add(fact.detail());
      }
    }
    return details;
  }
}
