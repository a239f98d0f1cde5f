package dev.carillon.storage.embedded.tables;

import dev.carillon.core.message.Fact;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is applied together: entries, sorted by their kind, or events of before whose time has come.
 */
public final class ApplyBatch {
  /**
   * The first events, by their time, of those that lay ahead.
   *
   * @param by the latest time of theirs
   * @param most how many, 1 or more
   */
  public record Due(Instant by, int most) {}

  public final ArrayList<ProfileChange> changes = new ArrayList<>();
  public final ArrayList<DeviceChange> devices = new ArrayList<>();
  public final ArrayList<UserEvent> events = new ArrayList<>();
  public final ArrayList<IdentityLink> links = new ArrayList<>();
  public final ArrayList<Fact> facts = new ArrayList<>();
  public final ArrayList<Entry.RawCallback> callbacks = new ArrayList<>();
  public final ArrayList<Entry.UnmatchedStatus> statuses = new ArrayList<>();
  public final ArrayList<Entry.IncomingMessage> incoming = new ArrayList<>();
  public final ArrayList<Entry.Consent> consents = new ArrayList<>();
  public final ArrayList<Entry.EndpointDead> dead = new ArrayList<>();
  public final ArrayList<Entry.AddressAlias> aliases = new ArrayList<>();
  public final ArrayList<Entry.MessageRecipient> recipients = new ArrayList<>();
  public final ArrayList<Entry.AddressChange> moves = new ArrayList<>();
  public final ArrayList<Entry.Erasure> erasures = new ArrayList<>();
  public final ArrayList<Entry.DeadLetterRetry> retries = new ArrayList<>();
  private final ArrayList<Entry> entries = new ArrayList<>();
  private final @Nullable Due due;

  public ApplyBatch() {
    this(null);
  }

  private ApplyBatch(@Nullable Due due) {
    this.due = due;
  }

  /** One without entries. */
  public static ApplyBatch of(Due due) {
    return new ApplyBatch(due);
  }

  /** The events whose time has come; null in a batch of entries. */
  public @Nullable Due due() {
    return due;
  }

  public void add(List<Entry> more) {
    entries.addAll(more);
    more.forEach(this::sort);
  }

  /** How many entries of the journal it holds. */
  public int size() {
    return entries.size();
  }

  /** The most that it may change: entries, or events whose time has come. */
  public int width() {
    return due == null ? entries.size() : due.most();
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The entries in parts of which only the last entries are erasures. */
  public List<ApplyBatch> parts() {
    if (erasures.isEmpty()) {
      return List.of(this);
    }
    ArrayList<ApplyBatch> parts = new ArrayList<>();
    ApplyBatch part = new ApplyBatch();
    for (Entry entry : entries) {
      if (!part.erasures.isEmpty() && !(entry instanceof Entry.Erasure)) {
        parts.add(part);
        part = new ApplyBatch();
      }
      part.add(List.of(entry));
    }
    parts.add(part);
    return parts;
  }

  private void sort(Entry entry) {
    switch (entry) {
      case Entry.OfProfile(ProfileChange change) -> changes.add(change);
      case Entry.OfDevice(DeviceChange change) -> devices.add(change);
      case Entry.OfEvent(UserEvent event) -> events.add(event);
      case Entry.OfLink(IdentityLink link) -> links.add(link);
      case Entry.OfFact(Fact fact) -> facts.add(fact);
      case Entry.RawCallback callback -> callbacks.add(callback);
      case Entry.UnmatchedStatus status -> statuses.add(status);
      case Entry.IncomingMessage message -> incoming.add(message);
      case Entry.Consent consent -> consents.add(consent);
      case Entry.EndpointDead one -> dead.add(one);
      case Entry.AddressAlias alias -> aliases.add(alias);
      case Entry.MessageRecipient recipient -> recipients.add(recipient);
      case Entry.AddressChange move -> moves.add(move);
      case Entry.Erasure erasure -> erasures.add(erasure);
      case Entry.DeadLetterRetry retry -> retries.add(retry);
    }
  }
}
