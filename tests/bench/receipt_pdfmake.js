// The receipt of the benchmark by pdfmake, with its own QR; it has no Code128, so as many bars are drawn as rects.
// usage: node receipt_pdfmake.js FOLDER_WITH_NODE_MODULES FONT.ttf   (then a count a line on standard input)
const began = performance.now();
const path = require("path");
const pdfmake = require(path.resolve(process.argv[2], "node_modules", "pdfmake"));
const font = path.resolve(process.argv[3]);
pdfmake.setFonts({ Receipt: { normal: font } });
if (pdfmake.setLocalAccessPolicy) pdfmake.setLocalAccessPolicy(() => true);
if (pdfmake.setUrlAccessPolicy) pdfmake.setUrlAccessPolicy(() => false);

const surnames = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"];
const given = [..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉梅红建国文斌波宇浩凯琳雪晨佳欣怡子轩梓涵"];
const items = ["城乡居民基本养老保险参保登记", "最低生活保障申请", "生育登记服务", "流动人口居住登记", "老年人优待证办理"];
const pick = (list, seed) => list[(seed * 7919) % list.length];
const two = (value) => String(value).padStart(2, "0");

function receipt(seed) {
  const number = `QSQ001-26${two((seed % 12) + 1)}${two((seed % 28) + 1)}-02-${String(seed).padStart(4, "0")}-K`;
  const token = Buffer.from(`seed ${seed} of a row`).toString("base64url").padEnd(22, "x").slice(0, 22);
  const day = `2026-${two((seed % 12) + 1)}-${two((seed % 28) + 1)}`;
  const proof = "SD1" + Array.from({ length: 137 }, (_, k) => (seed * 31 + k * 97 + 7).toString(36).slice(-1).toUpperCase()).join("");
  const facts = [
    ["案号", number],
    ["事项", `${pick(items, seed)}（承诺件）`],
    ["申请人", `${pick(surnames, seed)}*${pick(given, seed)}　证件 1101**********${String(seed).padStart(4, "0")}`],
    ["受理时间", `${day} 10:${two(seed % 60)}　2 号窗口　经办 陈立新`],
    ["承诺办结", `2027-${two((seed % 12) + 1)}-10（18 个工作日，自次日起算，补正期间不计）`],
    ["领取方式", "到窗口领取，凭本回执和身份证"],
    ["收费", "不收费"],
  ];
  const materials = [
    ["收到材料", "形式", "份数"],
    ["居民身份证", "原件核验", "—"],
    ["户口簿", "原件核验、复印件", String((seed % 3) + 1)],
    ["家庭经济状况核对授权书", "原件", "2"],
  ];
  const bars = Array.from({ length: 64 }, (_, k) => (
    { type: "rect", x: k * 2.4, y: 0, w: 0.7 + (k + seed) % 3 * 0.5, h: 27, color: "black" }
  ));
  return {
    pageSize: "A5", pageOrientation: "landscape", pageMargins: 28,
    defaultStyle: { font: "Receipt", fontSize: 9.5 },
    content: [
      { columns: [
        [{ text: "青石桥社区公共服务站", fontSize: 12.5 }, { text: "地址 青石桥路 18 号　电话 010-5555 0123", fontSize: 8 }],
        [{ canvas: bars }],
      ] },
      { text: "受理回执", fontSize: 17, alignment: "center" },
      { columns: [
        { width: "*", layout: "noBorders", table: { body: facts } },
        { width: 136, stack: [
          { qr: `https://banshi.qingshi.gov.cn/t/${token}`, fit: 82, eccLevel: "M" },
          { text: "扫码查进度，网址须与此一致", fontSize: 8 }, { text: "banshi.qingshi.gov.cn", fontSize: 12 },
          { text: "查询页面绝不索要\n钱款、密码或身份证号", fontSize: 8 },
        ] },
      ] },
      { table: { widths: ["*", 190, 50], body: materials } },
      { columns: [
        { width: 64, qr: proof, fit: 57, eccLevel: "M" },
        [
          { text: "流程　① 受理  →  ② 入户调查  →  ③ 民主评议  →  ④ 公示  →  ⑤ 办结" },
          { text: "左侧小码供窗口验真：本区任一窗口可离线核验本回执的真伪", fontSize: 8 },
        ],
      ] },
      { columns: [{ text: "申请人签名" }, { text: "经办人签名" }, { text: "（盖章）" }] },
      { text: "监督投诉 010-5555 0199　·　本回执一式 2 份　·　目录版本 2026.11 / 3f9a1c0", fontSize: 8 },
    ],
  };
}

(async () => {
  let made = 0, before = { user: 0, system: 0 };
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    const times = [];
    let last = Buffer.alloc(0);
    for (let n = 0; n < Number(line); n++) {
      const start = made ? performance.now() : began;
      last = await pdfmake.createPdf(receipt(made)).getBuffer();
      times.push(performance.now() - start);
      made += 1;
    }
    const now = process.cpuUsage();
    const work = (now.user + now.system - before.user - before.system) / 1000;
    before = now;
    const megabytes = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ times, work, size: last.length, megabytes }));
  }
})();
