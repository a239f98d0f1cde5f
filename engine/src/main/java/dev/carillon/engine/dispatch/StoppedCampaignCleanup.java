package dev.carillon.engine.dispatch;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.SendState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Suppresses what is still open in a chunk of a stopped campaign, target and control alike. The
 * chunk is finished after that is durable, so a crash between is made good by doing it again.
 */
final class StoppedCampaignCleanup {
  private final DispatchContext sending;

  StoppedCampaignCleanup(DispatchContext sending) {
    this.sending = sending;
  }

  void run(Chunk chunk) {
    sending.messages().settle();
    Instant now = sending.clock().instant();
    List<Entry> suppressed = new ArrayList<>();
    for (Outgoing message :
        sending.messages().outgoing(chunk.campaign(), chunk.fromSeq(), chunk.toSeq())) {
      if (message.state() == SendState.OPEN) {
        MessageRef ref = new MessageRef(chunk.campaign(), message.seq());
        suppressed.add(
            new Entry.OfFact(
                Fact.witnessed(ref, FactKind.SUPPRESSED, SuppressionReason.STOPPED.key(), now)));
      }
    }
    if (!suppressed.isEmpty()) {
      sending.journal().append(suppressed);
    }
    sending.chunks().finishChunk(chunk);
  }
}
