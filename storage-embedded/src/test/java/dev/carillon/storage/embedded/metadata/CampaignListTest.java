package dev.carillon.storage.embedded.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.port.CampaignStore.CampaignOrder;
import dev.carillon.engine.port.CampaignStore.CampaignQuery;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of thousands of campaigns costs a fixed number of statements, and reads an index. */
class CampaignListTest {
  private static final int CAMPAIGNS = 5_000;
  private static final int PAGE = 25;

  @Test
  void aPageOfThousandsTakesThreeStatements(@TempDir Path folder) throws Exception {
    try (SqliteMetadataStore store = filled(folder);
        Connection connection = store.dataSource().getConnection()) {
      AtomicInteger statements = new AtomicInteger();
      DSLContext sql = counting(connection, statements);
      for (CampaignOrder order : CampaignOrder.values()) {
        statements.set(0);
        assertThat(CampaignList.list(sql, query(order, null, 100)).campaigns()).hasSize(PAGE);
        assertThat(statements).as(order.name()).hasValue(3);
      }
      assertThat(CampaignList.list(sql, query(CampaignOrder.NAME, "sale 77", 0)).total())
          .isEqualTo(111);
    }
  }

  @Test
  void whichCampaignsAPageHasIsReadFromAnIndexAlone(@TempDir Path folder) throws Exception {
    try (SqliteMetadataStore store = filled(folder);
        Connection connection = store.dataSource().getConnection()) {
      DSLContext sql = DSL.using(connection, SQLDialect.SQLITE);
      for (CampaignOrder order : CampaignOrder.values()) {
        for (String search : new String[] {null, "sale"}) {
          String plan = plan(sql, query(order, search, 0));
          assertThat(plan).as("%s %s", order, search).contains("COVERING INDEX");
          assertThat(plan).as("%s %s", order, search).doesNotContain("TEMP B-TREE");
        }
      }
    }
  }

  private static String plan(DSLContext sql, CampaignQuery query) {
    return sql.fetch("explain query plan " + CampaignList.ids(sql, query).getSQL(ParamType.INLINED))
        .format();
  }

  private static CampaignQuery query(CampaignOrder order, @Nullable String search, int offset) {
    return new CampaignQuery(
        search,
        "whatsapp",
        Set.of(CampaignStatus.COMPLETED, CampaignStatus.DRAFT),
        null,
        "meera",
        false,
        Instant.parse("2020-01-01T00:00:00Z"),
        Instant.parse("2030-01-01T00:00:00Z"),
        order,
        PAGE,
        offset);
  }

  private static SqliteMetadataStore filled(Path folder) throws Exception {
    SqliteMetadataStore store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    try (Connection connection = store.dataSource().getConnection()) {
      DSL.using(connection, SQLDialect.SQLITE)
          .execute(
              """
              insert into campaign (version, name_folded, channel, status, created_at, created_by,
                                    starts_at, definition)
              with recursive n(i) as (select 1 union all select i + 1 from n where i < %d)
              select 1, 'sale ' || i, 'whatsapp', case i %% 2 when 0 then 'draft' else 'completed' end,
                     1770000000000000 + i * 60000000, 'meera',
                     case i %% 2 when 0 then null else 1770000000000000 + i * 90000000 end,
                     '{"name":"Sale ' || i || '","channel":"whatsapp","labels":[]}'
              from n
              """
                  .formatted(CAMPAIGNS));
    }
    return store;
  }

  /** A context whose statements are counted where they are prepared. */
  private static DSLContext counting(Connection connection, AtomicInteger statements) {
    Connection counting =
        (Connection)
            Proxy.newProxyInstance(
                CampaignListTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")) {
                    statements.incrementAndGet();
                  }
                  return method.invoke(connection, arguments);
                });
    return DSL.using(counting, SQLDialect.SQLITE);
  }
}
