package dev.carillon.bench;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.report.CampaignReport;
import dev.carillon.core.report.CampaignTerms;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.server.wiring.DataFolder;
import dev.carillon.server.wiring.StoreWiring;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The full report of a large campaign from its ledger, beside the same numbers by plain SQL over
 * the facts. The SQL counts less than the report shows: no funnels, intervals, weeks or months.
 */
final class ReportBenchmark implements Benchmark {
  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
  private static final int SQL_ROUNDS = 3;
  private static final int COLD_WARM_UPS = 10;
  private static final int COLD_ROUNDS = 7;
  private static final int WARM_ROUNDS = 300;
  private static final double LEAST_WARM = 1000;
  private static final double LEAST_COLD = 50;
  private static final String DEFINITION =
      """
      {"name":"Bench","channel":"whatsapp","when":{"type":"now"},
       "who":{"rule":{"everyone":true}},"controlGroup":{"percent":10},
       "what":{"provider":"1","template":{"name":"festival_sale","language":"en",
               "parameters":["{{ Name }}"]}},
       "goal":{"event":"Charged","within":"P2D","revenueProperty":"Amount"}}\
      """;

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String what() {
    return "full report from the ledger, beside the same numbers by SQL over the facts on DuckDB"
        + " (which leaves out funnels, intervals, weeks and months)";
  }

  @Override
  public List<Figure> run(Sizes sizes, TempFolder folder) throws Exception {
    try (MetadataStore metadata = DataFolder.openMetadata(folder.at("data"))) {
      return run(sizes, folder, metadata);
    }
  }

  private static List<Figure> run(Sizes sizes, TempFolder folder, MetadataStore metadata)
      throws Exception {
    SyntheticFacts.Made made = SyntheticFacts.make(folder.at("data"), sizes.messages());
    try (FactStore facts = StoreWiring.openFacts(folder.at("data"), 0);
        Reports reports =
            new Reports(
                facts,
                facts,
                metadata,
                facts,
                metadata,
                metadata,
                id -> Optional.empty(),
                WaitingClock.system(),
                Account.in(ZONE),
                10,
                new ProcessHealth())) {
      Campaign campaign = campaign(metadata, made);
      CampaignTerms terms = reports.terms(campaign);
      double sql = sql(facts);
      facts.snapshotLedger(SyntheticFacts.CAMPAIGN, ZONE);
      Verification.Result same = verified(reports, facts, campaign);
      double cold = cold(facts, terms);
      Ledger ledger = facts.loadLedger(SyntheticFacts.CAMPAIGN, ZONE);
      double warm = warm(ledger, terms);
      return List.of(
          Figure.shown(
              "messages / its facts / all facts",
              "%,d / %,d / %,d".formatted(sizes.messages(), made.facts(), made.allFacts()),
              ""),
          Figure.shown("numbers compared, all the same", Integer.toString(same.compared()), ""),
          Figure.faster("report, ledger warm", warm, sql, LEAST_WARM),
          Figure.faster("report, ledger cold (snapshot read)", cold, sql, LEAST_COLD),
          times("report, first after a new fact", changed(ledger, terms), sql),
          times("report, filtered to two days", filtered(ledger, terms), sql),
          times("report through the engine, warm", engine(reports, campaign), sql));
    }
  }

  private static Campaign campaign(MetadataStore metadata, SyntheticFacts.Made made) {
    CampaignDefinition definition =
        DefinitionReader.read(JsonMapper.builder().build().readTree(DEFINITION)).orThrow();
    Campaign campaign = metadata.createCampaign(definition, "bench", SyntheticFacts.PLANNED_AT);
    if (campaign.id() != SyntheticFacts.CAMPAIGN) {
      throw new IllegalStateException("the first campaign has the id " + campaign.id());
    }
    metadata.createRun(campaign.id(), 1, SyntheticFacts.PLANNED_AT);
    metadata.runPlanned(
        campaign.id(),
        1,
        SyntheticFacts.PLANNED_AT,
        0,
        List.of(new RunSection(1, 0, made.messages())),
        made.messages());
    return campaign;
  }

  private static double sql(FactStore facts) {
    facts.recount(SyntheticFacts.CAMPAIGN, ZONE);
    Samples seconds = new Samples();
    for (int round = 0; round < SQL_ROUNDS; round++) {
      long began = System.nanoTime();
      facts.recount(SyntheticFacts.CAMPAIGN, ZONE);
      seconds.add(Samples.secondsSince(began));
    }
    return seconds.median();
  }

  private static Verification.Result verified(Reports reports, FactStore facts, Campaign campaign) {
    Verification.Result result =
        new Verification(reports, facts, Account.in(ZONE)).verify(campaign);
    if (!result.differences().isEmpty()) {
      throw new IllegalStateException("the numbers differ: " + result.differences());
    }
    return result;
  }

  private static double cold(FactStore facts, CampaignTerms terms) {
    Samples seconds = new Samples();
    for (int round = 0; round < COLD_WARM_UPS + COLD_ROUNDS; round++) {
      long began = System.nanoTime();
      Ledger ledger = facts.loadLedger(SyntheticFacts.CAMPAIGN, ZONE);
      report(ledger, terms, ReportFilter.NONE);
      if (round >= COLD_WARM_UPS) {
        seconds.add(Samples.secondsSince(began));
      }
    }
    return seconds.median();
  }

  private static double warm(Ledger ledger, CampaignTerms terms) {
    Samples seconds = new Samples();
    for (int round = 0; round < WARM_ROUNDS; round++) {
      long began = System.nanoTime();
      report(ledger, terms, ReportFilter.NONE);
      seconds.add(Samples.secondsSince(began));
    }
    return seconds.median();
  }

  private static double changed(Ledger ledger, CampaignTerms terms) {
    Samples seconds = new Samples();
    Instant at = SyntheticFacts.PLANNED_AT.plusSeconds(86_400);
    for (int round = 0; round < WARM_ROUNDS / 10; round++) {
      ledger.add(
          new Fact(
              SyntheticFacts.CAMPAIGN, round, FactKind.RECEIPT_SENT, null, null, at, at, null, 1));
      long began = System.nanoTime();
      report(ledger, terms, ReportFilter.NONE);
      seconds.add(Samples.secondsSince(began));
    }
    return seconds.median();
  }

  private static double filtered(Ledger ledger, CampaignTerms terms) {
    ReportFilter twoDays =
        ReportFilter.NONE.between(
            SyntheticFacts.PLANNED_AT.atZone(ZONE).toLocalDate(),
            SyntheticFacts.PLANNED_AT.atZone(ZONE).toLocalDate().plusDays(1));
    Samples seconds = new Samples();
    for (int round = 0; round < WARM_ROUNDS / 10; round++) {
      long began = System.nanoTime();
      report(ledger, terms, twoDays);
      seconds.add(Samples.secondsSince(began));
    }
    return seconds.median();
  }

  private static double engine(Reports reports, Campaign campaign) {
    Samples seconds = new Samples();
    for (int round = 0; round < WARM_ROUNDS / 10; round++) {
      long began = System.nanoTime();
      reports.report(campaign, ReportFilter.NONE);
      seconds.add(Samples.secondsSince(began));
    }
    return seconds.median();
  }

  private static void report(Ledger ledger, CampaignTerms terms, ReportFilter filter) {
    if (CampaignReport.of(ledger, terms, filter, Instant.EPOCH).counts().planned() == 0) {
      throw new IllegalStateException("an empty report");
    }
  }

  private static Figure times(String what, double seconds, double sql) {
    return new Figure(
        what,
        Figure.time(seconds),
        Figure.time(sql),
        Figure.number(sql / seconds) + " x",
        "",
        null);
  }
}
