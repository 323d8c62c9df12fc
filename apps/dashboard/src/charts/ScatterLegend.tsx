import type { ConventionSymbol } from "./conventionSymbols.ts";

const shapes: Readonly<Record<ConventionSymbol, string>> = {
  circle: "M2,7a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
  square: "M2.5,2.5h9v9h-9z",
  triangle: "M7,1.5l5.6,10h-11.2z",
  diamond: "M7,1l4.4,6l-4.4,6l-4.4,-6z",
};

/** Props of {@link SymbolIcon}. */
export interface SymbolIconProps {
  symbol: ConventionSymbol;
  color?: string;
  isHollow?: boolean;
}

/** A symbol as the scatter draws it. */
export function SymbolIcon({ symbol, color = "currentColor", isHollow = false }: SymbolIconProps) {
  return (
    <svg className="symbol-icon" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <path d={shapes[symbol]} fill={isHollow ? "none" : color} stroke={color} strokeWidth="1.8" />
    </svg>
  );
}

/** Props of {@link ScatterLegend}. */
export interface ScatterLegendProps {
  colors: ReadonlyMap<number, string>;
  symbols: ReadonlyMap<string, ConventionSymbol>;
  /** Strategies told apart by filled and hollow symbols; none when each has a facet. */
  strategies: readonly string[];
}

/** What colors, symbols and fills mean. */
export function ScatterLegend({ colors, symbols, strategies }: ScatterLegendProps) {
  return (
    <div className="legend">
      <dl>
        <dt>ε</dt>
        {[...colors].map(([epsilon, color]) => (
          <dd key={epsilon}>
            <SymbolIcon symbol="circle" color={color} />
            {epsilon}
          </dd>
        ))}
      </dl>
      <dl>
        <dt>convention</dt>
        {[...symbols].map(([convention, symbol]) => (
          <dd key={convention}>
            <SymbolIcon symbol={symbol} />
            {convention}
          </dd>
        ))}
      </dl>
      {strategies.length > 1 && (
        <dl>
          <dt>strategy</dt>
          {strategies.map((strategy, index) => (
            <dd key={strategy}>
              <SymbolIcon symbol="circle" isHollow={index > 0} />
              {strategy}
            </dd>
          ))}
        </dl>
      )}
    </div>
  );
}
