package dev.carillon.channels.support.liquid;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import liqp.Insertions;
import liqp.exceptions.LiquidException;
import liqp.filters.Filters;
import liqp.nodes.FilterNode;
import liqp.nodes.LNode;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liqp.parser.Flavor;
import liqp.parser.v4.NodeVisitor;
import liquid.parser.v4.LiquidParser.Case_tagContext;
import liquid.parser.v4.LiquidParser.Else_tagContext;
import liquid.parser.v4.LiquidParser.Expr_eqContext;
import liquid.parser.v4.LiquidParser.FilterContext;
import liquid.parser.v4.LiquidParser.Include_relative_tagContext;
import liquid.parser.v4.LiquidParser.Include_tagContext;
import liquid.parser.v4.LiquidParser.OutputContext;
import liquid.parser.v4.LiquidParser.Param_expr_exprContext;
import liquid.parser.v4.LiquidParser.Table_tagContext;
import liquid.parser.v4.LiquidParser.When_tagContext;

/**
 * Builds a text's nodes: places are strict, filters bounded, comparisons know what is blank, and
 * what reads files or writes tables is left out.
 */
final class StrictVisitor extends NodeVisitor {
  private static final Insertions TAGS = Flavor.LIQUID.getInsertions();
  private static final Filters FILTERS =
      Filters.of(
          Flavor.LIQUID
              .getFilters()
              .mergeWith(
                  Filters.of(
                      new DefaultFilter(),
                      new DateFilter(Flavor.LIQUID.getFilters().get(DateFilter.NAME))))
              .getMap()
              .values()
              .stream()
              .map(BoundedFilter::new)
              .collect(Collectors.toList()));

  private boolean inDefault;

  StrictVisitor() {
    super(TAGS, FILTERS, true);
  }

  @Override
  public LNode visitOutput(OutputContext context) {
    LNode value = visit(context.evaluate != null ? context.expr() : context.term());
    List<FilterNode> filters = new ArrayList<>();
    int lastDefault = -1;
    for (FilterContext filter : context.filter()) {
      if (filter.Id().getText().equals(DefaultFilter.NAME)) {
        lastDefault = filters.size();
      }
      filters.add(visitFilter(filter));
    }
    String name = (context.evaluate != null ? context.expr() : context.term()).getText();
    return new StrictOutput(name, value, List.copyOf(filters), lastDefault);
  }

  @Override
  public FilterNode visitFilter(FilterContext context) {
    String name = context.Id().getText();
    if (FILTERS.get(name) == null) {
      throw problem("there is no filter " + name, context);
    }
    boolean outer = inDefault;
    inDefault = name.equals(DefaultFilter.NAME);
    try {
      return super.visitFilter(context);
    } finally {
      inDefault = outer;
    }
  }

  /** What a filter is given must be there too, unless it is the default of a default. */
  @Override
  public LNode visitParam_expr_expr(Param_expr_exprContext context) {
    LNode value = super.visitParam_expr_expr(context);
    if (inDefault) {
      return value;
    }
    String name = context.getText();
    return scope -> {
      Object given = value.render(scope);
      if (given == null) {
        throw LiquidFailure.missing(name);
      }
      return given;
    };
  }

  @Override
  public LNode visitExpr_eq(Expr_eqContext context) {
    return new Equality(visit(context.lhs), visit(context.rhs), context.Eq() != null);
  }

  @Override
  public LNode visitCase_tag(Case_tagContext context) {
    LNode value = visit(context.expr());
    List<CaseNode.Branch> branches = new ArrayList<>();
    for (When_tagContext when : context.when_tag()) {
      List<LNode> values = when.term().stream().map(this::visit).toList();
      branches.add(new CaseNode.Branch(values, visitBlock(when.block())));
    }
    Else_tagContext otherwise = context.else_tag();
    return new CaseNode(
        value, List.copyOf(branches), otherwise == null ? null : visitBlock(otherwise.block()));
  }

  @Override
  public LNode visitInclude_tag(Include_tagContext context) {
    throw problem("include is not available", context);
  }

  @Override
  public LNode visitInclude_relative_tag(Include_relative_tagContext context) {
    throw problem("include_relative is not available", context);
  }

  @Override
  public LNode visitTable_tag(Table_tagContext context) {
    throw problem("tablerow is not available", context);
  }

  private static LiquidException problem(String words, ParserRuleContext context) {
    return new LiquidException(
        words, context.getStart().getLine(), context.getStart().getCharPositionInLine(), null);
  }
}
