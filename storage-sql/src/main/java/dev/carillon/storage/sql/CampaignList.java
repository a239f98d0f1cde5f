package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.CAMPAIGN;
import static dev.carillon.storage.sql.Tables.LABEL;
import static dev.carillon.storage.sql.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignQuery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Lists campaigns. Which ones a page has is decided in an index that holds all that they are
 * narrowed and ordered by; only the definitions of those shown are read.
 */
final class CampaignList {
  private static final Comparator<String> BY_NAME =
      String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.<String>naturalOrder());

  private final Database database;

  CampaignList(Database database) {
    this.database = database;
  }

  CampaignPage list(CampaignQuery query) {
    return database.read(sql -> list(sql, query));
  }

  /** A page, by three statements however many campaigns there are. */
  static CampaignPage list(DSLContext sql, CampaignQuery query) {
    int total = sql.fetchCount(CAMPAIGN, fits(query));
    List<Integer> ids = ids(sql, query).fetch(CAMPAIGN.id);
    Map<Integer, Campaign> page = new HashMap<>();
    sql.selectFrom(CAMPAIGN)
        .where(CAMPAIGN.id.in(ids))
        .forEach(row -> page.put(row.get(CAMPAIGN.id), CampaignRows.campaign(row)));
    return new CampaignPage(ids.stream().map(page::get).filter(Objects::nonNull).toList(), total);
  }

  /** Which campaigns a page has, in their order. */
  static Select<Record1<Integer>> ids(DSLContext sql, CampaignQuery query) {
    return sql.select(CAMPAIGN.id)
        .from(CAMPAIGN)
        .where(fits(query))
        .orderBy(order(query))
        .limit(query.limit())
        .offset(query.offset());
  }

  private static List<OrderField<?>> order(CampaignQuery query) {
    return switch (query.order()) {
      case CREATED -> List.of(CAMPAIGN.createdAt.desc(), CAMPAIGN.id.desc());
      case STARTED -> List.of(CAMPAIGN.startsAt.desc().nullsFirst(), CAMPAIGN.id.desc());
      case NAME -> List.of(CAMPAIGN.nameFolded.asc(), CAMPAIGN.id.asc());
    };
  }

  private static Condition fits(CampaignQuery query) {
    Condition fits = DSL.noCondition();
    if (query.search() != null && !query.search().isBlank()) {
      fits = fits.and(CAMPAIGN.nameFolded.contains(CampaignRows.folded(query.search().strip())));
    }
    if (query.channel() != null && !query.channel().isEmpty()) {
      fits = fits.and(CAMPAIGN.channel.eq(query.channel()));
    }
    if (!query.statuses().isEmpty()) {
      fits = fits.and(CAMPAIGN.status.in(CampaignRows.keys(query.statuses())));
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
    return fits.and(inTime(query));
  }

  private static Condition inTime(CampaignQuery query) {
    Condition fits = DSL.noCondition();
    if (query.archived() != null) {
      fits = query.archived() ? CAMPAIGN.archivedAt.isNotNull() : CAMPAIGN.archivedAt.isNull();
    }
    if (query.from() != null) {
      fits = fits.and(coalesce(CAMPAIGN.startsAt, CAMPAIGN.createdAt).ge(query.from()));
    }
    if (query.until() != null) {
      fits = fits.and(coalesce(CAMPAIGN.startsAt, CAMPAIGN.createdAt).lt(query.until()));
    }
    return fits;
  }

  List<String> labels() {
    return database.read(
        sql ->
            sql.selectDistinct(LABEL.label).from(LABEL).fetch(LABEL.label).stream()
                .sorted(BY_NAME)
                .toList());
  }

  List<String> creators() {
    return database.read(
        sql ->
            sql.selectDistinct(CAMPAIGN.createdBy).from(CAMPAIGN).fetch(CAMPAIGN.createdBy).stream()
                .sorted(BY_NAME)
                .toList());
  }

  Map<Integer, Integer> plannedMessages(Set<Integer> campaigns) {
    Map<Integer, Integer> planned = new HashMap<>();
    campaigns.forEach(campaign -> planned.put(campaign, 0));
    database
        .read(
            sql ->
                sql.select(RUN.campaign, sum(RUN.planned))
                    .from(RUN)
                    .where(RUN.campaign.in(campaigns), RUN.plannedAt.isNotNull())
                    .groupBy(RUN.campaign)
                    .fetch())
        .forEach(row -> planned.put(row.value1(), row.value2().intValue()));
    return planned;
  }
}
