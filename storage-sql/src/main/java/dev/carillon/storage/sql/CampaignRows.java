package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.CAMPAIGN;
import static dev.carillon.storage.sql.Tables.LABEL;
import static dev.carillon.storage.sql.Tables.REVISION;
import static dev.carillon.storage.sql.Tables.SAVED;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.val;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.DefinitionWriter;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.campaign.DefinitionChange;
import dev.carillon.engine.port.campaign.Revision;
import java.text.Normalizer;
import java.time.Instant;
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

/** Campaigns, their labels, and what they said before. */
final class CampaignRows {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;

  CampaignRows(Database database) {
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
          revision(sql, id, new Revision(1, definition, createdBy, at));
          return find(sql, id).orElseThrow();
        });
  }

  Optional<Campaign> find(int id) {
    return database.read(sql -> find(sql, id));
  }

  Campaign change(int id, int version, CampaignDefinition definition, DefinitionChange change) {
    String json = DefinitionWriter.write(definition).toString();
    return database.write(
        sql -> {
          int changed =
              sql.update(CAMPAIGN)
                  .set(CAMPAIGN.version, version + 1)
                  .set(CAMPAIGN.nameFolded, folded(definition.name()))
                  .set(CAMPAIGN.channel, definition.channel().key())
                  .set(CAMPAIGN.definition, json)
                  .set(
                      CAMPAIGN.startsAt,
                      coalesce(val(change.startsAt(), CAMPAIGN.startsAt), CAMPAIGN.startsAt))
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
          revision(sql, id, new Revision(version + 1, definition, change.by(), change.at()));
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
                .map(CampaignRows::campaign)
                .toList());
  }

  Optional<Campaign> move(
      int id,
      Set<CampaignStatus> from,
      CampaignStatus to,
      @Nullable String reason,
      @Nullable Instant startsAt,
      Instant at) {
    Condition there = CAMPAIGN.id.eq(id).and(CAMPAIGN.status.in(keys(from)));
    return move(id, there, to, reason, startsAt, at);
  }

  Optional<Campaign> launch(int id, int version, CampaignStatus to, Instant startsAt, Instant at) {
    Condition there =
        CAMPAIGN
            .id
            .eq(id)
            .and(CAMPAIGN.version.eq(version))
            .and(CAMPAIGN.status.eq(CampaignStatus.DRAFT.key()));
    return move(id, there, to, null, startsAt, at);
  }

  private Optional<Campaign> move(
      int id,
      Condition there,
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
                  .set(CAMPAIGN.archivedAt, val((@Nullable Instant) null, CAMPAIGN.archivedAt))
                  .set(CAMPAIGN.statusReason, val(reason, CAMPAIGN.statusReason))
                  .set(
                      CAMPAIGN.startsAt,
                      to == CampaignStatus.DRAFT ? start : coalesce(start, CAMPAIGN.startsAt))
                  .set(
                      CAMPAIGN.endedAt,
                      val(to.ended() ? at : (@Nullable Instant) null, CAMPAIGN.endedAt))
                  .where(there)
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

  Optional<Campaign> archive(int id, Set<CampaignStatus> from, @Nullable Instant at) {
    return database.write(
        sql -> {
          int changed =
              sql.update(CAMPAIGN)
                  .set(CAMPAIGN.archivedAt, val(at, CAMPAIGN.archivedAt))
                  .where(CAMPAIGN.id.eq(id), CAMPAIGN.status.in(keys(from)))
                  .execute();
          return changed == 0 ? Optional.<Campaign>empty() : find(sql, id);
        });
  }

  List<Revision> revisions(int id, int version) {
    return database.read(
        sql ->
            sql
                .selectFrom(REVISION)
                .where(
                    REVISION.campaign.eq(id),
                    REVISION.version.ge(
                        sql.select(coalesce(DSL.max(REVISION.version), 0))
                            .from(REVISION)
                            .where(REVISION.campaign.eq(id), REVISION.version.le(version))))
                .orderBy(REVISION.version)
                .stream()
                .map(
                    row ->
                        new Revision(
                            row.get(REVISION.version),
                            definition(row.get(REVISION.definition)),
                            row.get(REVISION.by),
                            row.get(REVISION.at)))
                .toList());
  }

  private static void revision(DSLContext sql, int id, Revision revision) {
    sql.insertInto(REVISION)
        .set(REVISION.campaign, id)
        .set(REVISION.version, revision.version())
        .set(REVISION.definition, DefinitionWriter.write(revision.definition()).toString())
        .set(REVISION.by, revision.by())
        .set(REVISION.at, revision.at())
        .execute();
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
        .map(CampaignRows::campaign);
  }

  /**
   * The text as search and names compare it: without regard to case or to how accents are encoded.
   */
  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  static List<String> keys(Set<CampaignStatus> statuses) {
    return statuses.stream().map(CampaignStatus::key).toList();
  }

  private static CampaignStatus status(String key) {
    return CampaignStatus.ofKey(key)
        .orElseThrow(() -> new IllegalStateException("unknown status " + key));
  }

  private static CampaignDefinition definition(String json) {
    return DefinitionReader.read(JSON.readTree(json)).orThrow();
  }

  static Campaign campaign(Record row) {
    return new Campaign(
        row.get(CAMPAIGN.id),
        row.get(CAMPAIGN.version),
        definition(row.get(CAMPAIGN.definition)),
        status(row.get(CAMPAIGN.status)),
        row.get(CAMPAIGN.statusReason),
        row.get(CAMPAIGN.createdAt),
        row.get(CAMPAIGN.createdBy),
        row.get(CAMPAIGN.startsAt),
        row.get(CAMPAIGN.endedAt),
        row.get(CAMPAIGN.archivedAt));
  }
}
