package dev.carillon.engine.dispatch;

import dev.carillon.engine.account.Account;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.campaign.VariantDecisionStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.work.ChunkQueue;
import dev.carillon.engine.port.work.HeldConnectionStore;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.ThrottleStore;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.reference.References;
import dev.carillon.engine.schedule.RunSchedule;
import dev.carillon.engine.time.WaitingClock;

/**
 * What sending needs of the rest of the program.
 *
 * @param held which connections campaigns send nothing through
 * @param messages where messages are read
 * @param ledgers what is known of the campaign whose test of variants is to be decided
 * @param journal where intents and results are kept
 * @param connections the account's connections
 * @param references names messages to providers
 * @param calendar which run comes next, and the account's times
 * @param clock the time, and waiting
 * @param settings how to work
 * @param health learns what keeps campaigns from being sent
 */
public record DispatchContext(
    CampaignStore campaigns,
    RunStore runs,
    ChunkQueue chunks,
    HeldConnectionStore held,
    ThrottleStore throttles,
    VariantDecisionStore variantDecisions,
    MessageStore messages,
    LedgerStore ledgers,
    EntryJournal journal,
    Connections connections,
    References references,
    RunSchedule calendar,
    WaitingClock clock,
    DispatchSettings settings,
    ProcessHealth health) {

  /** The account, to be asked each time. */
  Account account() {
    return calendar.account();
  }
}
