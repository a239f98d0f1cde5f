package dev.carillon.engine.port.people;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.facts.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one message.
 *
 * @param run number of its run
 * @param identity how the user is known; null when he was deleted
 * @param address the address; null when its user has none
 * @param suppression why planning kept it back; null when it did not
 * @param plannedAt when it was planned
 * @param sentAt when it was first tried or ghost-sent, in whole seconds: the start of its
 *     conversion window; null before
 * @param facts its facts by time
 * @param goalEvents its goal events by time
 * @param callbacks the raw callbacks about it, by time
 */
public record MessageLife(
    MessageRef message,
    int run,
    long userKey,
    @Nullable Identity identity,
    @Nullable String address,
    boolean control,
    int variant,
    @Nullable SuppressionReason suppression,
    Instant plannedAt,
    @Nullable Instant sentAt,
    List<Fact> facts,
    List<GoalEvent> goalEvents,
    List<Entry.RawCallback> callbacks) {}
