package dev.carillon.testkit.sending;

import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.campaign.VariantDecisionStore;
import dev.carillon.engine.port.work.ChunkQueue;
import dev.carillon.engine.port.work.HeldConnectionStore;
import dev.carillon.engine.port.work.ThrottleStore;

/** Everything that is kept of campaigns while they are sent. */
public interface SendingStore
    extends CampaignStore,
        RunStore,
        VariantDecisionStore,
        ChunkQueue,
        HeldConnectionStore,
        ThrottleStore {}
