/**
 * What ECharts draws without what it adds for scripts and pointers: a style sheet and styles that a page's content
 * security policy refuses, ids, clips that clip nothing, marks of series, a ground that nobody sees. Half the size.
 */
export function plainSvg(svg: string, font: string): string {
  return svg
    .replace(/<style[^>]*>.*?<\/style>/gs, '')
    .replace(/<g clip-path="[^"]*">(.*?)<\/g>/gs, '$1')
    .replace(/<defs[^>]*>.*?<\/defs>/gs, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>/, '')
    .replace(/ (class|ecmeta_\w+|pointer-events|xml:space|version|baseProfile|xmlns:xlink)="[^"]*"/g, '')
    .replace(/ style="[^"]*font-size:([\d.]+)px[^"]*"/g, (_, size) => ` font-size="${size}"`)
    .replace(/<path d=""[^>]*><\/path>/g, '')
    .replace(/><\/(path|rect)>/g, '/>')
    .replace(/^<svg /, `<svg font-family="${font}" `)
    .replace(/\n\s*/g, '');
}
