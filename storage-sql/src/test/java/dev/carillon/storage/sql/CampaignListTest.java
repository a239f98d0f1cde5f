package dev.carillon.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.port.campaign.CampaignOrder;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignQuery;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The list of thousands of campaigns costs a fixed number of statements, and reads an index. */
class CampaignListTest {
  private static final int CAMPAIGNS = 5_000;
  private static final int PAGE = 25;

  private final List<String> statements = new CopyOnWriteArrayList<>();

  @Test
  void aPageOfThousandsTakesThreeStatements(@TempDir Path folder) throws Exception {
    try (Database database = new Database(recording(filled(folder)))) {
      CampaignList list = new CampaignList(database);
      for (CampaignOrder order : CampaignOrder.values()) {
        statements.clear();
        assertThat(list.list(query(order, null)).campaigns()).hasSize(PAGE);
        assertThat(statements).as(order.name()).hasSize(3);
      }
      CampaignPage found = list.list(query(CampaignOrder.NAME, "sale 77"));
      assertThat(found.total()).isEqualTo(11);
      assertThat(found.campaigns().getFirst().definition().name()).isEqualTo("Sale 77");
    }
  }

  @Test
  void whichCampaignsAPageHasIsReadFromAnIndexAlone(@TempDir Path folder) throws Exception {
    DataSource file = filled(folder);
    try (Database database = new Database(recording(file))) {
      for (CampaignOrder order : CampaignOrder.values()) {
        for (String search : new String[] {"", "sale"}) {
          statements.clear();
          new CampaignList(database).list(query(order, search));
          String plan = plan(file, statements.get(1));
          assertThat(plan).as("%s %s", order, search).contains("COVERING INDEX");
          assertThat(plan).as("%s %s", order, search).doesNotContain("TEMP B-TREE");
          assertThat(plan(file, statements.getFirst())).contains("COVERING INDEX");
        }
      }
    }
  }

  private static String plan(DataSource file, String sql) throws SQLException {
    try (Connection connection = file.getConnection();
        PreparedStatement explained = connection.prepareStatement("explain query plan " + sql);
        ResultSet rows = explained.executeQuery()) {
      StringBuilder plan = new StringBuilder();
      while (rows.next()) {
        plan.append(rows.getString("detail")).append('\n');
      }
      return plan.toString();
    }
  }

  private static CampaignQuery query(CampaignOrder order, @Nullable String search) {
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
        0);
  }

  private static DataSource filled(Path folder) throws SQLException {
    Path file = folder.resolve("metadata.db");
    SqliteMetadataStore.open(file).close();
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
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
    return source;
  }

  /** The same source, whose statements are noted as they are prepared. */
  private DataSource recording(DataSource source) {
    return proxy(
        DataSource.class,
        source,
        (name, result) ->
            result instanceof Connection connection
                ? proxy(Connection.class, connection, (inner, made) -> made)
                : result);
  }

  private <T> T proxy(Class<T> type, T target, Wrapping wrapping) {
    return type.cast(
        Proxy.newProxyInstance(
            CampaignListTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.add(String.valueOf(arguments[0]));
              }
              return wrapping.wrapped(method.getName(), method.invoke(target, arguments));
            }));
  }

  /** A placeholder for a method's result. */
  private interface Wrapping {
    @Nullable Object wrapped(String method, @Nullable Object result);
  }
}
