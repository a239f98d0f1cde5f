package dev.carillon.storage.embedded.metadata;

import static dev.carillon.storage.embedded.metadata.Tables.CAMPAIGN;
import static dev.carillon.storage.embedded.metadata.Tables.LABEL;
import static dev.carillon.storage.embedded.metadata.Tables.SAVED;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.DefinitionWriter;
import dev.carillon.engine.port.CampaignStore.CampaignPage;
import dev.carillon.engine.port.CampaignStore.CampaignQuery;
import dev.carillon.engine.port.CampaignStore.StaleVersionException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Campaigns and their labels. */
final class Campaigns {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;

  Campaigns(Database database) {
    this.database = database;
  }

  Campaign create(CampaignDefinition definition, String createdBy, Instant at) {
    String json = DefinitionWriter.write(definition).toString();
    return database.write(
        sql -> {
          int id =
              sql.insertInto(CAMPAIGN)
                  .set(CAMPAIGN.version, 1)
                  .set(CAMPAIGN.nameFolded, folded(definition.name()))
                  .set(CAMPAIGN.channel, definition.channel().key())
                  .set(CAMPAIGN.status, CampaignStatus.DRAFT.key())
                  .set(CAMPAIGN.createdAt, at)
                  .set(CAMPAIGN.createdBy, createdBy)
                  .set(CAMPAIGN.definition, json)
                  .returning(CAMPAIGN.id)
                  .fetchSingle(CAMPAIGN.id);
          label(sql, id, definition.labels());
          saved(sql, id, definition.who());
          return find(sql, id).orElseThrow();
        });
  }

  Optional<Campaign> find(int id) {
    return database.read(sql -> find(sql, id));
  }

  CampaignPage list(CampaignQuery query) {
    if (query.limit() < 1 || query.limit() > 500 || query.offset() < 0) {
      throw new IllegalArgumentException("a page has 1 to 500 campaigns from offset 0 on");
    }
    Condition fits = fits(query);
    return database.read(
        sql -> {
          int total = sql.fetchCount(CAMPAIGN, fits);
          List<Campaign> page =
              sql
                  .selectFrom(CAMPAIGN)
                  .where(fits)
                  .orderBy(CAMPAIGN.createdAt.desc(), CAMPAIGN.id.desc())
                  .limit(query.limit())
                  .offset(query.offset())
                  .stream()
                  .map(Campaigns::campaign)
                  .toList();
          return new CampaignPage(page, total);
        });
  }

  Campaign change(int id, int version, CampaignDefinition definition) {
    String json = DefinitionWriter.write(definition).toString();
    return database.write(
        sql -> {
          int changed =
              sql.update(CAMPAIGN)
                  .set(CAMPAIGN.version, version + 1)
                  .set(CAMPAIGN.nameFolded, folded(definition.name()))
                  .set(CAMPAIGN.channel, definition.channel().key())
                  .set(CAMPAIGN.definition, json)
                  .where(CAMPAIGN.id.eq(id), CAMPAIGN.version.eq(version))
                  .execute();
          if (changed == 0) {
            throw new StaleVersionException(
                "campaign " + id + " is no longer at version " + version);
          }
          sql.deleteFrom(LABEL).where(LABEL.campaign.eq(id)).execute();
          label(sql, id, definition.labels());
          sql.deleteFrom(SAVED).where(SAVED.campaign.eq(id)).execute();
          saved(sql, id, definition.who());
          return find(sql, id).orElseThrow();
        });
  }

  List<Campaign> using(Set<Rule.Saved> saved) {
    Condition uses = DSL.falseCondition();
    for (Rule.Saved one : saved) {
      uses = uses.or(SAVED.kind.eq(kind(one)).and(SAVED.saved.eq(one.id())));
    }
    Condition anyOf = uses;
    return database.read(
        sql ->
            sql
                .selectFrom(CAMPAIGN)
                .where(CAMPAIGN.id.in(sql.select(SAVED.campaign).from(SAVED).where(anyOf)))
                .orderBy(CAMPAIGN.createdAt.desc(), CAMPAIGN.id.desc())
                .stream()
                .map(Campaigns::campaign)
                .toList());
  }

  Optional<Campaign> move(
      int id,
      Set<CampaignStatus> from,
      CampaignStatus to,
      @Nullable String reason,
      @Nullable Instant startsAt,
      Instant at) {
    Field<Instant> start = val(startsAt, CAMPAIGN.startsAt);
    return database.write(
        sql -> {
          int moved =
              sql.update(CAMPAIGN)
                  .set(CAMPAIGN.version, CAMPAIGN.version.plus(1))
                  .set(CAMPAIGN.status, to.key())
                  .set(CAMPAIGN.statusReason, val(reason, CAMPAIGN.statusReason))
                  .set(
                      CAMPAIGN.startsAt,
                      to == CampaignStatus.DRAFT ? start : coalesce(start, CAMPAIGN.startsAt))
                  .set(
                      CAMPAIGN.endedAt,
                      val(to.ended() ? at : (@Nullable Instant) null, CAMPAIGN.endedAt))
                  .where(CAMPAIGN.id.eq(id), CAMPAIGN.status.in(keys(from)))
                  .execute();
          return moved == 0 ? Optional.<Campaign>empty() : find(sql, id);
        });
  }

  boolean deleteDraft(int id) {
    return database.write(
        sql ->
            sql.deleteFrom(CAMPAIGN)
                    .where(CAMPAIGN.id.eq(id), CAMPAIGN.status.eq(CampaignStatus.DRAFT.key()))
                    .execute()
                > 0);
  }

  List<String> labels() {
    return database.read(
        sql ->
            sql.selectDistinct(LABEL.label).from(LABEL).fetch(LABEL.label).stream()
                .sorted(
                    String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.<String>naturalOrder()))
                .toList());
  }

  private static void label(DSLContext sql, int id, List<String> labels) {
    for (String label : labels) {
      sql.insertInto(LABEL).set(LABEL.campaign, id).set(LABEL.label, label).execute();
    }
  }

  private static void saved(DSLContext sql, int id, @Nullable Rule who) {
    if (who == null) {
      return;
    }
    for (Rule.Saved saved : SavedRules.in(who)) {
      sql.insertInto(SAVED)
          .set(SAVED.campaign, id)
          .set(SAVED.kind, kind(saved))
          .set(SAVED.saved, saved.id())
          .execute();
    }
  }

  private static String kind(Rule.Saved saved) {
    return switch (saved) {
      case Rule.InSegment _ -> "segment";
      case Rule.OnList _ -> "list";
    };
  }

  private static Optional<Campaign> find(DSLContext sql, int id) {
    return sql.selectFrom(CAMPAIGN)
        .where(CAMPAIGN.id.eq(id))
        .fetchOptional()
        .map(Campaigns::campaign);
  }

  private static Condition fits(CampaignQuery query) {
    Condition fits = DSL.noCondition();
    if (query.search() != null && !query.search().isBlank()) {
      fits = fits.and(CAMPAIGN.nameFolded.contains(folded(query.search().strip())));
    }
    if (query.channel() != null && !query.channel().isEmpty()) {
      fits = fits.and(CAMPAIGN.channel.eq(query.channel()));
    }
    if (!query.statuses().isEmpty()) {
      fits = fits.and(CAMPAIGN.status.in(keys(query.statuses())));
    }
    if (query.label() != null && !query.label().isEmpty()) {
      fits =
          fits.andExists(
              selectOne()
                  .from(LABEL)
                  .where(LABEL.campaign.eq(CAMPAIGN.id), LABEL.label.eq(query.label())));
    }
    if (query.createdBy() != null && !query.createdBy().isEmpty()) {
      fits = fits.and(CAMPAIGN.createdBy.eq(query.createdBy()));
    }
    return fits;
  }

  /**
   * The text as search and names compare it: without regard to case or to how accents are encoded.
   */
  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static List<String> keys(Set<CampaignStatus> statuses) {
    return statuses.stream().map(CampaignStatus::key).toList();
  }

  private static CampaignStatus status(String key) {
    for (CampaignStatus status : CampaignStatus.values()) {
      if (status.key().equals(key)) {
        return status;
      }
    }
    throw new IllegalStateException("unknown status " + key);
  }

  private static Campaign campaign(Record row) {
    return new Campaign(
        row.get(CAMPAIGN.id),
        row.get(CAMPAIGN.version),
        DefinitionReader.read(JSON.readTree(row.get(CAMPAIGN.definition))).orThrow(),
        status(row.get(CAMPAIGN.status)),
        row.get(CAMPAIGN.statusReason),
        row.get(CAMPAIGN.createdAt),
        row.get(CAMPAIGN.createdBy),
        row.get(CAMPAIGN.startsAt),
        row.get(CAMPAIGN.endedAt));
  }
}
